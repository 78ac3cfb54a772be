/** Records the microphone as WAV: what browsers record by themselves (Opus) telephones cannot get. */
import { MOST_SECONDS } from "../../api/audio";
import { t } from "../../i18n";

/** Enough for telephones, and 120 seconds of it stay below the largest upload. */
const RATE = 16_000;
const BLOCK = 4096;

export interface Take {
  /** Ends the recording; null when nothing was heard. */
  stop(): Promise<File | null>;
}

export const canRecord = () =>
  typeof AudioContext !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);

/** Rejects when the microphone is not given. `onSeconds` hears how long it is so far. */
export async function record(
  onSeconds: (seconds: number) => void,
  onFull: () => void,
): Promise<Take> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext({ sampleRate: RATE });
  const source = context.createMediaStreamSource(stream);
  // Works everywhere without a module of its own; a prompt is no concert.
  const tap = context.createScriptProcessor(BLOCK, 1, 1);
  const blocks: Float32Array[] = [];
  tap.onaudioprocess = ({ inputBuffer }) => {
    const seconds = (blocks.length * BLOCK) / RATE;
    if (seconds >= MOST_SECONDS - 1) return onFull();
    blocks.push(inputBuffer.getChannelData(0).slice());
    onSeconds(Math.floor(seconds));
  };
  source.connect(tap);
  tap.connect(context.destination);
  return {
    stop: async () => {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      if (blocks.length === 0) return null;
      const name = `${t("Recorded {when}", { when: new Date().toLocaleString() })}.wav`;
      return new File([wav(blocks)], name.replace(/[/\\]/g, "-"), { type: "audio/wav" });
    },
  };
}

/** RIFF WAVE: one channel, 16 bits. */
function wav(blocks: readonly Float32Array[]): ArrayBuffer {
  const size = blocks.length * BLOCK * 2;
  const view = new DataView(new ArrayBuffer(44 + size));
  const word = (at: number, text: string) =>
    [...text].forEach((sign, index) => {
      view.setUint8(at + index, sign.charCodeAt(0));
    });
  word(0, "RIFF");
  view.setUint32(4, 36 + size, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, size, true);
  let at = 44;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
      at += 2;
    }
  }
  return view.buffer;
}
