import type { CSSProperties } from "react";
import type { Applet } from "../api/types";

/** Gives an element and what is inside it the colour of the applet's category, as `--c`. */
export function colourOf(applet: Applet | undefined): CSSProperties {
  return { "--c": `var(--c-${applet?.category ?? "start"})` } as CSSProperties;
}

const NARROW = "(max-width: 820px)";
export const isNarrow = () => window.matchMedia(NARROW).matches;
