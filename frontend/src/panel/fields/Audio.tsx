import { useEffect, useState } from "react";
import {
  MOST_BYTES,
  type Recording,
  readRecording,
  readRecordings,
  uploadRecording,
} from "../../api/audio";
import { subscribe } from "../../api/live";
import { t } from "../../i18n";
import { reasonOf } from "../../store/flow_slice";
import { Icon } from "../../ui/Icon";
import { Pick } from "../../ui/Pick";
import { AudioUpload } from "./AudioUpload";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

/** Asks again this often while a recording is converted, should the server's word get lost. */
const POLL_MS = 1500;

/** One of the account's recordings: chosen, uploaded, or spoken into the microphone. */
export default function Audio(props: FieldProps) {
  const { id, disabled, onChange } = props;
  const sid = asText(props.value);
  const [all, setAll] = useState<readonly Recording[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const chosen = useChosen(sid);

  useEffect(() => {
    readRecordings().then(setAll, (error) => setProblem(reasonOf(error)));
  }, []);

  const upload = async (file: File) => {
    setProblem(null);
    if (file.size > MOST_BYTES) {
      setProblem(t("The file has more than 5 MB. Save it as MP3 or cut it."));
      return;
    }
    setShare(0);
    try {
      const added = await uploadRecording(file, setShare);
      setAll((rows) => [added, ...rows]);
      onChange(added.sid);
    } catch (error) {
      setProblem(reasonOf(error));
    } finally {
      setShare(null);
    }
  };

  useEffect(() => {
    if (chosen) setAll((rows) => rows.map((row) => (row.sid === chosen.sid ? chosen : row)));
  }, [chosen]);

  return (
    <FieldFrame {...props}>
      <Pick
        id={id}
        value={sid}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        {...describedBy(props)}
      >
        <option value="">{t("Choose a recording")}</option>
        {sid && !all.some((row) => row.sid === sid) ? (
          <option value={sid}>{chosen?.name ?? (chosen === null ? t("Deleted") : "…")}</option>
        ) : null}
        {all.map((row) => (
          <option key={row.sid} value={row.sid} disabled={row.state === "failed"}>
            {row.name} {lengthOf(row)}
          </option>
        ))}
      </Pick>
      {chosen ? <Listen recording={chosen} /> : null}
      {disabled ? null : <AudioUpload share={share} onFile={(file) => void upload(file)} />}
      <a className="link" href="/settings/recordings/" target="_blank" rel="noreferrer">
        {t("All recordings")}
      </a>
      {problem ? (
        <p className="note bad" role="alert">
          <Icon name="circle-alert" small />
          {problem}
        </p>
      ) : null}
    </FieldFrame>
  );
}

/** The chosen recording, followed until it is converted; null when it was deleted. */
function useChosen(sid: string): Recording | null | undefined {
  const [found, setFound] = useState<Recording | null | undefined>(undefined);
  useEffect(() => {
    setFound(undefined);
    if (!sid) return;
    let gone = false;
    let timer = 0;
    const look = async () => {
      window.clearTimeout(timer);
      const row = await readRecording(sid).catch(() => undefined);
      if (gone) return;
      setFound(row);
      if (row?.state === "converting") timer = window.setTimeout(() => void look(), POLL_MS);
    };
    const stop = subscribe((event) => {
      if (event.type === "audio.updated" && event.sid === sid) void look();
    });
    void look();
    return () => {
      gone = true;
      window.clearTimeout(timer);
      stop();
    };
  }, [sid]);
  return sid ? found : undefined;
}

function lengthOf({ seconds, state }: Recording): string {
  if (state === "failed") return t("(failed)");
  if (state === "converting" || seconds === null) return t("(being converted)");
  const whole = Math.max(1, Math.round(seconds));
  return `(${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")})`;
}

function Listen({ recording }: { readonly recording: Recording }) {
  if (recording.state === "failed") {
    return (
      <p className="note bad">
        <Icon name="circle-alert" small />
        {recording.problem}
      </p>
    );
  }
  if (!recording.path) {
    return (
      <p className="help" role="status">
        {t("Being converted for telephones…")}
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what was recorded.
    <audio
      className="player"
      controls
      preload="none"
      src={recording.path}
      aria-label={t("Listen to {name}", { name: recording.name })}
    />
  );
}
