import { useEffect, useState } from "react";
import { runTests, type TestRun } from "../api/tests";
import { t } from "../i18n";
import { TestResults } from "../simulator/TestResults";
import { useBuilder } from "../store/builder";

/** Runs the flow's tests on what is to be published. A flow without tests shows nothing. */
export function PublishTests({ onRun }: { readonly onRun: (failed: number) => void }) {
  const flowId = useBuilder((state) => state.flowId);
  const [run, setRun] = useState<TestRun | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the draft is saved.
  useEffect(() => {
    // The server runs them again and has the last word: without an answer it is asked there.
    runTests(flowId).then(
      (found) => {
        setRun(found);
        onRun(found.failed);
      },
      () => {},
    );
  }, [flowId]);
  if (!run || run.results.length === 0) return null;
  return (
    <section className="listed" data-testid="publish-tests">
      <h3 className="sec">{t("Saved test calls")}</h3>
      <TestResults run={run} />
    </section>
  );
}
