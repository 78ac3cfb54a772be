import { useMemo } from "react";
import type { Issue } from "../api/types";
import { t, tn } from "../i18n";
import { besides } from "../model/issues";
import { builder, useBuilder } from "../store/builder";
import { issuesOf } from "../store/flow_slice";
import { Icon } from "../ui/Icon";
import { Menu } from "../ui/Menu";

export function useIssues(): Issue[] {
  const graph = useBuilder((state) => state.graph);
  const checked = useBuilder((state) => state.checked);
  return useMemo(() => {
    const order = { error: 0, warning: 1, hint: 2 };
    const issues = issuesOf({ ...builder(), graph, checked });
    return issues.sort((a, b) => order[a.severity] - order[b.severity]);
  }, [graph, checked]);
}

/** How many issues there are; opened, a list in which each leads to its place. */
export function IssuesMenu() {
  const issues = useIssues();
  const worst = issues[0]?.severity;
  const count = issues.filter((issue) => issue.severity !== "hint").length;
  const tone = worst === "error" ? "tone-bad" : worst === "warning" ? "tone-warn" : "tone-ok";
  const label = count > 0 ? tn("{n} issue", "{n} issues", count) : t("No issues");
  return (
    <Menu
      label={label}
      icon={count > 0 ? "triangle-alert" : "circle-check"}
      testId="issues"
      className={`issues ${tone}`}
      text={<span>{label}</span>}
    >
      {(close) => <IssueList issues={issues} onJump={close} />}
    </Menu>
  );
}

interface ListProps {
  readonly issues: readonly Issue[];
  onJump(): void;
}

const ICONS = { error: "circle-alert", warning: "triangle-alert", hint: "info" } as const;

export function IssueList({ issues, onJump }: ListProps) {
  const nodes = useBuilder((state) => state.graph.nodes);
  if (issues.length === 0) {
    return <p className="help pad">{t("Nothing to mend. The flow can be published.")}</p>;
  }
  const nameOf = (issue: Issue) => nodes.find((node) => node.id === issue.node)?.name ?? "";
  const severity = { error: t("Error"), warning: t("Warning"), hint: t("Hint") };
  return (
    <ul className="issue-list">
      {issues.map((issue, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: issues have no id of their own.
        <li key={index}>
          <button
            type="button"
            disabled={issue.node === null}
            data-testid="issue"
            data-code={issue.code}
            onClick={() => {
              onJump();
              if (issue.node) builder().jumpTo(issue.node, issue.setting, issue.port);
            }}
          >
            <span className={`tone-${issue.severity}`}>
              <Icon name={ICONS[issue.severity]} />
              <span className="vh">{severity[issue.severity]}</span>
            </span>
            <span className="grow">
              <b>{nameOf(issue) || t("The flow")}</b>
              {besides(issue.message, nameOf(issue))}
              {issue.fix ? <small>{issue.fix}</small> : null}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
