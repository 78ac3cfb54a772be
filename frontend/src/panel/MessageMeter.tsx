import { post } from "../api/client";
import { t, tn } from "../i18n";
import { type RequestedEncoding, type Segmentation, segment } from "../sms/encoding";
import { Icon } from "../ui/Icon";
import { answerOf, useRemote } from "./useRemote";

export type Measured = Segmentation | { readonly error: string };

const ROOM = { gsm: [160, 153], unicode: [70, 67] } as const;

/** How a text will travel. */
export function measure(text: string, encoding: string): Measured {
  const wanted: RequestedEncoding =
    encoding === "gsm" || encoding === "unicode" ? encoding : "auto";
  try {
    return segment(text, wanted);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

export function meterText(measured: Measured): string {
  if ("error" in measured) return "";
  const used = measured.units.reduce((sum, units) => sum + units, 0);
  const [alone, joined] = ROOM[measured.encoding];
  const room = measured.parts === 1 ? alone : joined * measured.parts;
  return tn("{used} of {room}, {n} segment", "{used} of {room}, {n} segments", measured.parts, {
    used,
    room,
  });
}

const nameOf = (measured: Segmentation) => (measured.encoding === "gsm" ? "GSM-7" : "Unicode");

interface Props {
  /** The message with likely values, and with the longest ones. */
  readonly text: string;
  readonly longest: string | null;
  /** The longest, if an answer of a server brings letters outside GSM-7. */
  readonly foreign: string | null;
  readonly encoding: string;
  /** Whose character it is; null where nobody can tell. */
  whence(character: string): string | null;
}

/** What a message takes to send: now, and at worst. */
export function MessageMeter({ text, longest, foreign, encoding, whence }: Props) {
  const now = measure(text, encoding);
  const most = longest === null ? now : measure(longest, encoding);
  const cost = useCost(text);
  const dearest = useCost(
    "error" in most || "error" in now || most.parts === now.parts ? "" : longest,
  );
  if ("error" in now) return <Refused told={now.error} />;
  return (
    <div className="meter2">
      <dl className="takes" data-testid="takes">
        <dt>{t("With example values")}</dt>
        <dd>
          {t("{name}, {size}", { name: nameOf(now), size: meterText(now) })}
          {cost ? <small>{t("about {cost} each", { cost })}</small> : null}
        </dd>
        {longest !== null && !("error" in most) ? (
          <>
            <dt>{t("Longest in a call")}</dt>
            <dd data-testid="longest">
              {t("{name}, {size}", { name: nameOf(most), size: meterText(most) })}
              {dearest ? <small>{t("about {cost} each", { cost: dearest })}</small> : null}
              {foreign === null ? null : <Foreign measured={measure(foreign, encoding)} />}
            </dd>
          </>
        ) : null}
      </dl>
      {"error" in most ? <Refused told={most.error} /> : null}
      <Forcing measured={now} whence={whence} />
    </div>
  );
}

function Refused({ told }: { readonly told: string }) {
  return (
    <p className="note bad" role="status">
      <Icon name="circle-alert" small />
      {told}
    </p>
  );
}

function Foreign({ measured }: { readonly measured: Measured }) {
  if ("error" in measured) return <small>{measured.error}</small>;
  return (
    <small>
      {tn(
        "{n} segment if an answer brings letters such as Hindi’s",
        "{n} segments if an answer brings letters such as Hindi’s",
        measured.parts,
      )}
    </small>
  );
}

/** Which characters make the message Unicode, and where they come from. */
function Forcing({
  measured,
  whence,
}: {
  readonly measured: Segmentation;
  whence(character: string): string | null;
}) {
  const { forcingUnicode, encoding } = measured;
  if (forcingUnicode.length === 0 || encoding !== "unicode") return null;
  return (
    <p className="note warn" data-testid="forcing">
      <Icon name="triangle-alert" small />
      <span>
        {tn(
          "This character makes the message Unicode, with 70 characters per segment instead of 160:",
          "These characters make the message Unicode, with 70 characters per segment instead of 160:",
          forcingUnicode.length,
        )}{" "}
        {bySource(forcingUnicode.slice(0, 12), whence).map(([source, characters]) => (
          <span key={source}>
            {characters.map((character) => (
              <kbd key={character}>{visible(character)}</kbd>
            ))}
            {source ? ` ${source} ` : null}
          </span>
        ))}
      </span>
    </p>
  );
}

function bySource(characters: readonly string[], whence: (character: string) => string | null) {
  const found = new Map<string, string[]>();
  for (const character of characters) {
    const source = whence(character) ?? "";
    found.set(source, [...(found.get(source) ?? []), character]);
  }
  return [...found];
}

/** A character one can see, or its number. */
function visible(character: string): string {
  if (!/^[\p{C}\p{Z}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

interface Preview {
  readonly cost?: string | null;
  readonly currency?: string | null;
}

const QUIET_MS = 500;

function useCost(text: string | null): string {
  const asked = text?.trim() ? text : "";
  const preview = useRemote(
    asked,
    (wanted) => (wanted ? post<Preview>("/sms/preview", { text: wanted }) : Promise.resolve({})),
    QUIET_MS,
  );
  return money(answerOf<Preview>(preview) ?? {});
}

export function money({ cost, currency }: Preview): string {
  if (cost === null || cost === undefined || cost === "") return "";
  const symbol = !currency || currency === "INR" ? "₹" : `${currency} `;
  return `${symbol}${cost}`;
}
