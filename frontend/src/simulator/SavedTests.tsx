import { useState } from "react";
import { pageOfTests, readCoverage, runTests, saveCall, type TestRun } from "../api/tests";
import { t } from "../i18n";
import { saveNow } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { reasonOf } from "../store/flow_slice";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { TestResults } from "./TestResults";

/** What the drawer offers beside the call: keep it as a test, run those there are, see what they cover. */
export function SavedTests() {
  const flowId = useBuilder((state) => state.flowId);
  const ended = useBuilder((state) => state.simulation.stage === "ended");
  const sid = useBuilder((state) => state.simulation.sid);
  const [run, setRun] = useState<TestRun | null>(null);
  const [busy, setBusy] = useState(false);

  const runAll = async () => {
    setBusy(true);
    try {
      await saveNow();
      setRun(await runTests(flowId));
    } catch (error) {
      builder().notify(reasonOf(error), "bad");
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="saved-tests" aria-label={t("Saved test calls")}>
      {ended && sid ? <SaveAsTest key={sid} flow={flowId} call={sid} /> : null}
      <div className="row">
        <a className="link grow" href={pageOfTests(flowId)} onClick={() => void saveNow()}>
          {t("Saved test calls")}
        </a>
        <Button testId="run-tests" disabled={busy} onClick={() => void runAll()}>
          {busy ? t("Running…") : t("Run all")}
        </Button>
      </div>
      {run ? <TestResults run={run} /> : null}
      <CoverageSwitch />
    </section>
  );
}

interface SaveProps {
  readonly flow: string;
  readonly call: string;
}

function SaveAsTest({ flow, call }: SaveProps) {
  const [name, setName] = useState("");
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState("");
  const save = async () => {
    setError("");
    try {
      setSaved((await saveCall(flow, call, name.trim())).name);
      if (builder().coverage) await showCoverage();
    } catch (problem) {
      setError(reasonOf(problem));
    }
  };
  if (saved !== null) {
    return (
      <p className="note ok" role="status" data-testid="test-saved">
        <Icon name="circle-check" small />
        {t("Saved as “{name}”. It runs before every publishing.", { name: saved })}
      </p>
    );
  }
  return (
    <form
      className="field"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className="lbl" htmlFor="test-name">
        <span>
          {t("Keep this call as a test")} <em>{t("(name optional)")}</em>
        </span>
      </label>
      <div className="row">
        <input
          id="test-name"
          className="in grow"
          maxLength={100}
          placeholder={t("What it shows")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="btn" data-testid="save-as-test">
          {t("Save as test")}
        </button>
      </div>
      {error ? (
        <p className="err" role="alert">
          <Icon name="circle-alert" small />
          {error}
        </p>
      ) : null}
    </form>
  );
}

function CoverageSwitch() {
  const coverage = useBuilder((state) => state.coverage);
  const change = async (on: boolean) => {
    try {
      if (on) await showCoverage();
      else useBuilder.setState({ coverage: null });
    } catch (error) {
      builder().notify(reasonOf(error), "bad");
    }
  };
  return (
    <label className="tog">
      <span className="grow">
        {t("Test coverage on the canvas")}
        {coverage ? <small className="muted">{coverage.text}</small> : null}
      </span>
      <input
        type="checkbox"
        role="switch"
        data-testid="test-coverage"
        checked={coverage !== null}
        aria-checked={coverage !== null}
        onChange={(event) => void change(event.target.checked)}
      />
    </label>
  );
}

async function showCoverage(): Promise<void> {
  await saveNow();
  const found = await readCoverage(builder().flowId);
  const covered = found.nodes.flatMap(({ node, ports }) =>
    ports.filter((port) => port.tests.length > 0).map((port) => `${node}:${port.port}`),
  );
  const text = t("{taken} of {ports} ways out ({percent}%)", {
    taken: found.taken,
    ports: found.ports,
    percent: found.percent ?? 0,
  });
  useBuilder.setState({ coverage: { ports: new Set(covered), text } });
}
