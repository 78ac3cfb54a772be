import { useEffect, useState } from "react";
import type { Gather } from "../api/simulations";
import { t } from "../i18n";
import { hasStart } from "../model/starts";
import { useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";
import { Pick } from "../ui/Pick";
import { agentAnswers, call, endTalk, hangUp, pressKey, refuseDial, sayNothing } from "./phone";
import { Recording } from "./Recording";
import { hush } from "./speech";

/** The buttons of the simulated phone: those that make sense at this moment of the call. */
export function Controls() {
  const { stage, waitingFor, busy, gather, hearing } = useBuilder((state) => state.simulation);
  const texts = useBuilder(
    ({ setup, graph }) => setup.entry === "inbound_sms" && hasStart(graph, "inbound_sms"),
  );
  const running = stage === "running";
  if (!running) {
    return (
      <footer>
        <button
          type="button"
          className="btn primary call"
          data-testid="call"
          disabled={stage === "starting"}
          onClick={() => void call()}
        >
          <Icon name={texts ? "send" : "phone"} />
          {texts ? t("Send the SMS") : callText(stage)}
        </button>
        {stage === "ended" ? <NewCall /> : null}
      </footer>
    );
  }
  const wantsKeys = waitingFor === "digits";
  return (
    <footer className="phone">
      {waitingFor === "dial_ended" ? <DialControls disabled={busy} /> : null}
      {waitingFor === "recorded" ? <Recording disabled={busy} /> : null}
      {wantsKeys ? (
        <Keypad disabled={busy} deaf={hearing?.interruptible === false} gather={gather} />
      ) : null}
      <button
        type="button"
        className="btn hang"
        data-testid="hang-up"
        disabled={busy}
        onClick={() => void hangUp()}
      >
        <Icon name="phone-off" />
        {t("Hang up")}
      </button>
    </footer>
  );
}

function callText(stage: string): string {
  if (stage === "ended") return t("Call again");
  return stage === "starting" ? t("Calling…") : t("Call");
}

function NewCall() {
  return (
    <button
      type="button"
      className="btn"
      onClick={() =>
        useBuilder.setState(({ simulation }) => ({ simulation: { ...simulation, stage: "idle" } }))
      }
    >
      {t("Change numbers")}
    </button>
  );
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LETTERS: Readonly<Record<string, string>> = {
  "2": "abc",
  "3": "def",
  "4": "ghi",
  "5": "jkl",
  "6": "mno",
  "7": "pqrs",
  "8": "tuv",
  "9": "wxyz",
};

interface KeypadProps {
  readonly disabled: boolean;
  /** Something is heard that no key ends. */
  readonly deaf: boolean;
  readonly gather: Gather | null;
}

function Keypad({ disabled, deaf, gather }: KeypadProps) {
  const digits = useBuilder((state) => state.simulation.digits);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.matches("input,textarea,select");
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (typing || modified || !KEYS.includes(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void pressKey(event.key);
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
  return (
    <>
      <output className={digits ? "digits typed mono" : "digits"} aria-live="polite">
        {digits || (deaf ? t("Keys count once this has been heard") : wantedText(gather))}
      </output>
      <fieldset className="keypad" aria-label={t("Keypad")}>
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            data-testid={`keypad-${key}`}
            disabled={disabled || deaf}
            onClick={() => void pressKey(key)}
          >
            {key}
            <small aria-hidden="true">{LETTERS[key] ?? ""}</small>
          </button>
        ))}
      </fieldset>
      {deaf ? (
        <button type="button" className="btn" data-testid="skip-speech" onClick={hush}>
          {t("Skip what is said")}
        </button>
      ) : null}
      <button
        type="button"
        className="btn"
        data-testid="say-nothing"
        disabled={disabled}
        onClick={() => void sayNothing()}
      >
        {digits === ""
          ? gather?.timeout_seconds
            ? t("Say nothing for {n} s", { n: gather.timeout_seconds })
            : t("Say nothing")
          : t("Send {digits}", { digits })}
      </button>
    </>
  );
}

function wantedText(gather: Gather | null): string {
  const most = gather?.max_digits ?? 1;
  if (most === 1) return t("Press a key");
  return gather?.finish_key
    ? t("Up to {n} digits, {key} ends", { n: most, key: gather.finish_key })
    : t("Up to {n} digits", { n: most });
}

const NOBODY: readonly string[] = [];

function DialControls({ disabled }: { readonly disabled: boolean }) {
  const talking = useBuilder((state) => state.simulation.talkingSince !== null);
  const targets = useBuilder((state) => state.simulation.dial?.targets ?? NOBODY);
  const [chosen, choose] = useState("");
  const number = targets.includes(chosen) ? chosen : (targets[0] ?? "");
  if (talking) {
    return (
      <button
        type="button"
        className="btn primary"
        data-testid="end-talk"
        disabled={disabled}
        onClick={() => void endTalk()}
      >
        {t("End talk")}
      </button>
    );
  }
  return (
    <fieldset className="dialing" aria-label={t("What the called person does")}>
      {targets.length > 1 ? (
        <Pick
          className="who"
          aria-label={t("Who answers")}
          data-testid="who-answers"
          value={number}
          disabled={disabled}
          onChange={(event) => choose(event.target.value)}
        >
          {targets.map((target) => (
            <option key={target} value={target}>
              {target}
            </option>
          ))}
        </Pick>
      ) : null}
      <button
        type="button"
        className="btn ok"
        data-testid="agent-answers"
        disabled={disabled}
        onClick={() => agentAnswers(number)}
      >
        <Icon name="phone-call" />
        {t("Agent answers")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="agent-busy"
        disabled={disabled}
        onClick={() => void refuseDial("busy")}
      >
        {t("Busy")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="agent-no-answer"
        disabled={disabled}
        onClick={() => void refuseDial("no_answer")}
      >
        {t("No answer")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="agent-failed"
        disabled={disabled}
        onClick={() => void refuseDial("failed")}
      >
        {t("Failed")}
      </button>
    </fieldset>
  );
}
