/**
 * How an SMS body travels: GSM 7-bit or UTF-16, and where it is cut into parts.
 *
 * The same rule as `core/sms_encoding.py`, so that the builder counts while somebody types; both pass
 * `tests/cases/sms_segment_cases.json`. Sources: 3GPP TS 23.038 section 6.2.1 and 3GPP TS 23.040 section 9.2.3.24.1.
 */

export type Encoding = "gsm" | "unicode";
export type RequestedEncoding = "auto" | Encoding;

export interface Segmentation {
  readonly encoding: Encoding;
  /** Septets (gsm) or UTF-16 units (unicode) of each part. */
  readonly units: readonly number[];
  readonly parts: number;
  /** The distinct characters outside the GSM alphabet, in order of first appearance. */
  readonly forcingUnicode: readonly string[];
  /** The body, cut; joined they are the body again. */
  readonly texts: readonly string[];
}

/** The body has characters that the wanted encoding lacks. */
export class CannotEncode extends Error {
  readonly code = "sms.cannot_encode";
  readonly encoding: Encoding;
  readonly characters: readonly string[];

  constructor(encoding: Encoding, characters: readonly string[]) {
    super(
      `The encoding ${encoding} has no ${characters.map(nameOf).join(", ")}. ` +
        "Replace the characters, or choose the encoding unicode.",
    );
    this.name = "CannotEncode";
    this.encoding = encoding;
    this.characters = characters;
  }
}

/** The body needs more parts than the joining header can number. */
export class TooManySegments extends Error {
  readonly code = "sms.too_many_segments";
  readonly limit: number;

  constructor(limit: number) {
    super(`The text needs more than ${limit} parts. Shorten it.`);
    this.name = "TooManySegments";
    this.limit = limit;
  }
}

export const MOST_PARTS = 255;

const GSM_BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ" +
    " !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
    "¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_EXTENSION = new Set("\f^{}\\[~]|€");
const ROOM_ALONE: Readonly<Record<Encoding, number>> = { gsm: 160, unicode: 70 };
const ROOM_JOINED: Readonly<Record<Encoding, number>> = { gsm: 153, unicode: 67 };

/** Cut a body into the parts that will be sent. Throws `CannotEncode` or `TooManySegments`. */
export function segment(body: string, encoding: RequestedEncoding = "auto"): Segmentation {
  const forcingUnicode = [...new Set(body)].filter((character) => !isGsm(character));
  const chosen = choose(encoding, forcingUnicode);
  const refused = chosen === "gsm" ? forcingUnicode : forcingUnicode.filter(isHalfAPair);
  if (refused.length > 0) throw new CannotEncode(chosen, refused);
  const { units, texts } = cut(body, chosen);
  return { encoding: chosen, units, parts: units.length, forcingUnicode, texts };
}

function choose(encoding: RequestedEncoding, forcingUnicode: readonly string[]): Encoding {
  if (encoding !== "auto") return encoding;
  return forcingUnicode.length > 0 ? "unicode" : "gsm";
}

/** Greedy, in code units; iterating a string by character keeps surrogate pairs whole. */
function cut(body: string, encoding: Encoding): { units: number[]; texts: string[] } {
  const total = [...body].reduce((sum, character) => sum + widthOf(character, encoding), 0);
  if (total <= ROOM_ALONE[encoding]) return { units: [total], texts: [body] };
  const room = ROOM_JOINED[encoding];
  const units: number[] = [];
  const texts: string[] = [];
  let text = "";
  let used = 0;
  for (const character of body) {
    const width = widthOf(character, encoding);
    if (used + width > room) {
      units.push(used);
      texts.push(text);
      text = "";
      used = 0;
    }
    text += character;
    used += width;
    if (units.length === MOST_PARTS) throw new TooManySegments(MOST_PARTS);
  }
  return { units: [...units, used], texts: [...texts, text] };
}

function isGsm(character: string): boolean {
  return GSM_BASIC.has(character) || GSM_EXTENSION.has(character);
}

function widthOf(character: string, encoding: Encoding): number {
  if (encoding === "gsm") return GSM_EXTENSION.has(character) ? 2 : 1;
  return character.length;
}

function isHalfAPair(character: string): boolean {
  return /^\p{Surrogate}$/u.test(character);
}

/** A name by which invisible characters can be found too. */
function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /^[\p{C}\p{Z}]$/u.test(character) ? code : `${character} (${code})`;
}
