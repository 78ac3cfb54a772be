import { type DragEvent, useEffect, useRef, useState } from "react";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { canRecord, record, type Take } from "./microphone";

interface Props {
  /** How much of an upload has left, 0 to 1; null when none is under way. */
  readonly share: number | null;
  onFile(file: File): void;
}

/** Where recordings come in: dropped, chosen from the disk, or spoken. */
export function AudioUpload({ share, onFile }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (share !== null) {
    return (
      <div className="drop" role="status">
        {share < 1 ? t("Uploading…") : t("Being converted for telephones…")}
        <progress value={share < 1 ? share : undefined} max={1} />
      </div>
    );
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the button does the same.
    <div
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span>{t("Drop an MP3, WAV, FLAC or Ogg file here: 5 MB and 2 minutes at most.")}</span>
      <div className="row">
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          data-testid="audio-file"
          aria-label={t("Recording to upload")}
          accept="audio/*,.mp3,.wav,.flac,.ogg"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) onFile(file);
          }}
        />
        <Button icon="upload" onClick={() => input.current?.click()}>
          {t("Upload a file")}
        </Button>
        {canRecord() ? <Microphone onFile={onFile} /> : null}
      </div>
    </div>
  );
}

function Microphone({ onFile }: Pick<Props, "onFile">) {
  const take = useRef<Take | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => () => void take.current?.stop(), []);

  const stop = async () => {
    const file = await take.current?.stop();
    take.current = null;
    setSeconds(null);
    if (file) onFile(file);
  };
  const start = async () => {
    setRefused(false);
    try {
      take.current = await record(setSeconds, () => void stop());
      setSeconds(0);
    } catch {
      setRefused(true);
    }
  };
  if (seconds !== null) {
    return (
      <Button icon="check" look="danger" onClick={() => void stop()}>
        {t("Stop and use ({n} s)", { n: seconds })}
      </Button>
    );
  }
  return (
    <>
      <Button icon="mic" onClick={() => void start()}>
        {t("Record")}
      </Button>
      {refused ? (
        <p className="help" role="alert">
          {t("The browser does not give the microphone. Allow it for this page, then try again.")}
        </p>
      ) : null}
    </>
  );
}
