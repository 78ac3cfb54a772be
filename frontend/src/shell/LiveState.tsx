import { useEffect } from "react";
import { subscribe } from "../api/live";
import type { Issue, Override } from "../api/types";
import { t, tn } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";
import { Menu } from "../ui/Menu";
import { IssueList } from "./IssuesMenu";

/** Which version calls run, and what is wrong with it: other than the draft's issues, it is happening now. */
export function LiveState() {
  const live = useBuilder((state) => state.live);
  const issues = useBuilder((state) => state.liveIssues);
  useRegistryNews();
  if (!live) return <Plain text={t("Not published")} />;
  const version = t("Live: version {number}", { number: live.number });
  if (issues.length === 0 && !live.override) return <Plain text={version} isLive />;
  const problems = tn("{n} problem", "{n} problems", issues.length);
  const label = issues.length > 0 ? `${version}, ${problems}` : version;
  return (
    <span className="live-state">
      <Menu
        label={label}
        icon={issues.length > 0 ? "triangle-alert" : "flag"}
        testId="live-badge"
        className={issues.length > 0 ? "issues tone-bad" : "issues"}
        text={<span>{issues.length > 0 ? `${version} · ${problems}` : version}</span>}
      >
        {(close) => (
          <div className="live-pop" data-testid="live-issues">
            {issues.length > 0 ? <Happening issues={issues} onJump={close} /> : null}
            {live.override ? <Overridden override={live.override} /> : null}
          </div>
        )}
      </Menu>
    </span>
  );
}

function Plain({ text, isLive = false }: { readonly text: string; readonly isLive?: boolean }) {
  return (
    <span className={isLive ? "badge plain info" : "badge plain"} data-testid="live-badge">
      {text}
    </span>
  );
}

interface HappeningProps {
  readonly issues: readonly Issue[];
  onJump(): void;
}

function Happening({ issues, onJump }: HappeningProps) {
  return (
    <>
      <p className="help pad">
        {tn(
          "Calls run this version. They go on, but this message is refused until it is mended:",
          "Calls run this version. They go on, but these messages are refused until they are mended:",
          issues.length,
        )}
      </p>
      <IssueList issues={issues} onJump={onJump} />
    </>
  );
}

function Overridden({ override }: { readonly override: Override }) {
  return (
    <p className="note" data-testid="override">
      <Icon name="flag" small />
      <span>
        {tn(
          "Published by {name} despite {n} problem: “{reason}”",
          "Published by {name} despite {n} problems: “{reason}”",
          override.count,
          { name: override.by, reason: override.reason },
        )}
      </span>
    </p>
  );
}

/** Ask anew when the registries changed under this flow, and when the connection is back. */
function useRegistryNews(): void {
  useEffect(() => {
    let greeted = false;
    return subscribe((event) => {
      const missed = event.type === "hello" && greeted;
      if (event.type === "hello") greeted = true;
      const mine =
        event.type === "flows.checked" &&
        (event.flows === null || event.flows.includes(builder().flowId));
      if (missed || mine) void builder().lookAgain();
    });
  }, []);
}
