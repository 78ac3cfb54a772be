/** Lets what the flow says be heard. Never holds a call up: where there is no sound, text is enough. */

/** A voice that has not begun by then is taken for none. */
const BEGIN_WITHIN_MS = 900;
const READING_MS_PER_CHARACTER = 12;
const LONGEST_READING_MS = 1800;
const SPEAKING_MS_PER_CHARACTER = 130;

let voiceIsMissing = false;
let stopCurrent: () => void = () => {};
let stopRecording: () => void = () => {};

/** A sentence, or a recording with what is read where it cannot be played. */
export interface Heard {
  readonly text: string;
  readonly language?: string | null | undefined;
  readonly recording?: string | null;
  readonly loop?: number | undefined;
  /** Whether a key ends it. */
  readonly interruptible: boolean;
}

/**
 * Resolves when everything was heard, or `hush` was called. Answers whether it was left to finish.
 * `onHear` is told what is heard at the moment; null: nothing any more.
 */
export async function speak(
  parts: readonly Heard[],
  muted: boolean,
  onHear: (part: Heard | null) => void,
): Promise<boolean> {
  hush();
  let hushed = false;
  stopCurrent = () => {
    if (!hushed) onHear(null);
    hushed = true;
  };
  for (const part of parts) {
    if (hushed) return false;
    onHear(part);
    if (!muted && part.recording) await play(part.recording, part.loop ?? 1);
    else if (muted || voiceIsMissing) await read(part.text);
    else await utter(part);
  }
  if (hushed) return false;
  stopCurrent();
  return true;
}

export function hush(): void {
  stopCurrent();
  stopRecording();
  window.speechSynthesis?.cancel();
}

function read(text: string): Promise<void> {
  const time = Math.min(text.length * READING_MS_PER_CHARACTER, LONGEST_READING_MS);
  return new Promise((resolve) => window.setTimeout(resolve, time));
}

function play(address: string, loop: number): Promise<void> {
  return new Promise((resolve) => {
    const sound = new Audio(address);
    let left = loop;
    stopRecording = () => {
      sound.pause();
      resolve();
    };
    sound.onended = () => {
      left -= 1;
      if (left > 0) sound.play().catch(() => resolve());
      else resolve();
    };
    sound.onerror = () => resolve();
    sound.play().catch(() => resolve());
  });
}

function utter({ text, language }: Heard): Promise<void> {
  const synthesis = window.speechSynthesis;
  if (!synthesis || typeof SpeechSynthesisUtterance === "undefined") {
    voiceIsMissing = true;
    return read(text);
  }
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language || "en-IN";
    let watchdog = window.setTimeout(() => {
      voiceIsMissing = true;
      synthesis.cancel();
      resolve();
    }, BEGIN_WITHIN_MS);
    utterance.onstart = () => {
      window.clearTimeout(watchdog);
      watchdog = window.setTimeout(resolve, text.length * SPEAKING_MS_PER_CHARACTER + 3000);
    };
    utterance.onend = utterance.onerror = () => {
      window.clearTimeout(watchdog);
      resolve();
    };
    synthesis.speak(utterance);
  });
}
