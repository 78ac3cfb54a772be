import type { TestRun } from "../api/tests";
import { t, tn } from "../i18n";
import { Icon } from "../ui/Icon";

/** What came of the flow's tests: in one line when all is well, else each that is not. */
export function TestResults({ run }: { readonly run: TestRun }) {
  const count = run.results.length;
  if (count === 0) return <p className="help">{t("There are no saved test calls yet.")}</p>;
  if (run.passed === count) {
    return (
      <p className="note ok" data-testid="tests-passed">
        <Icon name="circle-check" small />
        {tn("{n} test call passed", "All {n} test calls passed", count)}
      </p>
    );
  }
  return (
    <ul className="test-results" data-testid="test-results">
      {run.results
        .filter((result) => result.status !== "passed")
        .map((result) => (
          <li key={result.test}>
            <Icon name={result.status === "failed" ? "circle-alert" : "clock"} small />
            <span>
              <b>{result.name}</b> {result.difference ?? t("Not run: there was no time left.")}
            </span>
          </li>
        ))}
    </ul>
  );
}
