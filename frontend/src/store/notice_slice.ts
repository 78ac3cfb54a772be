/** Short notices on the screen, and words for screen readers alone. */
import type { GetBuilder, SetBuilder } from "./builder";

export type Tone = "ok" | "bad" | "mute";

export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface NoticeSlice {
  readonly notice: Notice | null;
  readonly spoken: string;
  notify(text: string, tone?: Tone, action?: Notice["action"]): void;
  dismiss(id: number): void;
  announce(text: string): void;
}

let last = 0;

export function createNoticeSlice(set: SetBuilder, get: GetBuilder): NoticeSlice {
  return {
    notice: null,
    spoken: "",
    notify: (text, tone = "mute", action) => {
      last += 1;
      set({ notice: { id: last, text, tone, action } });
    },
    dismiss: (id) => {
      if (get().notice?.id === id) set({ notice: null });
    },
    announce: (text) => set(({ spoken }) => ({ spoken: spoken === text ? `${text}\u00a0` : text })),
  };
}
