import { useEffect, useState } from "react";
import { post } from "../api/client";
import { t } from "../i18n";
import { CallPart } from "./CallPart";
import { asItWent, type Document, type Drawing, type Result, read, written } from "./document";
import { Expectations } from "./Expectations";
import { Outcome } from "./Outcome";
import { ScriptPart } from "./ScriptPart";
import { ServerPart } from "./ServerPart";

interface Props {
  readonly drawing: Drawing;
  readonly text: HTMLTextAreaElement;
  readonly mayEdit: boolean;
}

/** The form of a test call. The text of the page stays its truth: it is what is sent. */
export function Editor({ drawing, text, mayEdit }: Props) {
  const [document, setDocument] = useState(() => read(text.value) as Document);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState("");
  const [running, setRunning] = useState(false);

  useEffect(() => {
    const typed = () => {
      const given = read(text.value);
      setProblem(given ? "" : t("The JSON cannot be read yet."));
      if (given) setDocument(given);
    };
    text.addEventListener("input", typed);
    return () => text.removeEventListener("input", typed);
  }, [text]);

  const change = (part: Partial<Document>) => {
    const next = { ...document, ...part };
    text.value = written(next);
    setDocument(next);
  };

  const run = async (): Promise<Result | null> => {
    setRunning(true);
    setProblem("");
    try {
      const found = await post<Result>(`/flows/${encodeURIComponent(drawing.flow)}/tests/try`, {
        document,
      });
      setResult(found);
      return found;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return null;
    } finally {
      setRunning(false);
    }
  };

  const expectWhatHappens = async () => {
    const found = await run();
    if (found) {
      const expect = { ...document.expect, ...asItWent(found) };
      change({ expect });
      setResult({ ...found, status: "passed", difference: null, differences: [] });
    }
  };

  const parts = { document, drawing, onChange: change };
  return (
    <div className="tested">
      <fieldset className="stack" disabled={!mayEdit}>
        <CallPart {...parts} />
        <ScriptPart {...parts} />
        <ServerPart {...parts} />
        <Expectations {...parts} />
      </fieldset>
      <div className="beside">
        <Outcome
          result={result}
          problem={problem}
          running={running}
          onRun={() => void run()}
          onExpect={mayEdit ? () => void expectWhatHappens() : null}
        />
      </div>
    </div>
  );
}
