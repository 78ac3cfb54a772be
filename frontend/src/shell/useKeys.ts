import { useEffect } from "react";
import { useShowFlow } from "../canvas/view";
import { saveNow } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { issuesOf } from "../store/flow_slice";

export interface Commands {
  find(): void;
  testCall(): void;
  publish(): void;
  shortcuts(): void;
}

/** Keys that work wherever the focus is, unless somebody is typing or answering a dialog. */
export function useKeys(commands: Commands): void {
  const showFlow = useShowFlow();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      const fit = () => void showFlow();
      const handled =
        event.ctrlKey || event.metaKey
          ? withControl(event, commands)
          : !isTyping(event) && !event.altKey && alone(event, commands, fit);
      if (handled) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [commands, showFlow]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}

function withControl(event: KeyboardEvent, commands: Commands): boolean {
  const key = event.key.toLowerCase();
  if (key === "s") {
    if (builder().form) builder().applyForm();
    void saveNow();
    return true;
  }
  if (key === "enter") {
    commands.publish();
    return true;
  }
  return !isTyping(event) && edit(key, event.shiftKey);
}

function edit(key: string, shift: boolean): boolean {
  const now = builder();
  const actions: Readonly<Record<string, () => void>> = {
    z: () => (shift ? now.redo() : now.undo()),
    y: () => now.redo(),
    d: () => now.duplicateSelection(),
    v: () => now.pasteClipping(),
    a: () => now.select(now.graph.nodes.map((node) => node.id)),
  };
  const needsSelection: Readonly<Record<string, () => void>> = {
    c: () => now.copySelection(),
    x: () => {
      now.copySelection();
      now.removeSelection();
    },
  };
  // A text selected on the page is what Ctrl C is meant for then.
  const textIsSelected = (window.getSelection()?.toString() ?? "") !== "";
  const action =
    actions[key] ?? (now.selection.length > 0 && !textIsSelected ? needsSelection[key] : undefined);
  action?.();
  return action !== undefined;
}

function alone(event: KeyboardEvent, commands: Commands, fitAll: () => void): boolean {
  const now = builder();
  const inCall = now.simulatorOpen && now.simulation.stage === "running";
  switch (event.key) {
    case "/":
    case "a":
      commands.find();
      return true;
    case "?":
      commands.shortcuts();
      return true;
    case "t":
      commands.testCall();
      return true;
    case "n":
      nextIssue();
      return true;
    case "L":
      now.tidyUp();
      window.setTimeout(fitAll, 30);
      return true;
    case "!":
      fitAll();
      return true;
    case "Delete":
      if (inCall) return false;
      now.removeSelection();
      return true;
    case "Escape":
      if (!now.linking) return false;
      now.finishLinking(null);
      return true;
    default:
      return false;
  }
}

let lastIssue = -1;

function nextIssue(): void {
  const issues = issuesOf(useBuilder.getState()).filter((issue) => issue.node !== null);
  if (issues.length === 0) return;
  lastIssue = (lastIssue + 1) % issues.length;
  const issue = issues[lastIssue];
  if (issue?.node) builder().jumpTo(issue.node, issue.setting, issue.port);
}
