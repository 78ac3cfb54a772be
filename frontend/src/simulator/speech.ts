/** Speaks what the flow says. Never holds a call up: where there is no voice, text is enough. */

/** A voice that has not begun by then is taken for none. */
const BEGIN_WITHIN_MS = 900;
const READING_MS_PER_CHARACTER = 12;
const LONGEST_READING_MS = 1800;
const SPEAKING_MS_PER_CHARACTER = 130;

let voiceIsMissing = false;
let stopCurrent: () => void = () => {};

export interface Sentence {
  readonly text: string;
  readonly language?: string | null | undefined;
}

/** Resolves when everything is said, or `hush` was called. Answers whether it was left to finish. */
export async function speak(sentences: readonly Sentence[], muted: boolean): Promise<boolean> {
  hush();
  let hushed = false;
  stopCurrent = () => {
    hushed = true;
  };
  const stop = stopCurrent;
  for (const sentence of sentences) {
    if (hushed) return false;
    if (muted || voiceIsMissing) await read(sentence.text);
    else await utter(sentence);
  }
  return !hushed && stop === stopCurrent;
}

export function hush(): void {
  stopCurrent();
  window.speechSynthesis?.cancel();
}

function read(text: string): Promise<void> {
  const time = Math.min(text.length * READING_MS_PER_CHARACTER, LONGEST_READING_MS);
  return new Promise((resolve) => window.setTimeout(resolve, time));
}

function utter({ text, language }: Sentence): Promise<void> {
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
