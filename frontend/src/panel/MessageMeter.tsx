import { useEffect, useState } from "react";
import { post } from "../api/client";
import { t, tn } from "../i18n";
import { withSamples } from "../model/samples";
import { type RequestedEncoding, type Segmentation, segment } from "../sms/encoding";
import { Icon } from "../ui/Icon";

export type Measured = Segmentation | { readonly error: string };

const ROOM = { gsm: [160, 153], unicode: [70, 67] } as const;

/** How the message will travel, with likely values in place of its variables. */
export function measure(body: string, encoding: string): Measured {
  const wanted: RequestedEncoding =
    encoding === "gsm" || encoding === "unicode" ? encoding : "auto";
  try {
    return segment(withSamples(body), wanted);
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

interface Props {
  readonly body: string;
  readonly measured: Measured;
}

export function MessageMeter({ body, measured }: Props) {
  const cost = useCost(body);
  if ("error" in measured) {
    return (
      <p className="note bad" role="status">
        <Icon name="circle-alert" small />
        {measured.error}
      </p>
    );
  }
  const name = measured.encoding === "gsm" ? "GSM-7" : "Unicode";
  const forcing = measured.forcingUnicode;
  return (
    <div className="meter2">
      <div className="meter">
        <span>{t("{name}, with sample values", { name })}</span>
        {cost ? <span>{t("about {cost} each", { cost })}</span> : null}
      </div>
      {forcing.length > 0 && measured.encoding === "unicode" ? (
        <p className="note warn">
          <Icon name="triangle-alert" small />
          <span>
            {tn(
              "This character makes the message Unicode, with 70 characters per segment instead of 160:",
              "These characters make the message Unicode, with 70 characters per segment instead of 160:",
              forcing.length,
            )}{" "}
            {forcing.slice(0, 12).map((character) => (
              <kbd key={character}>{visible(character)}</kbd>
            ))}
          </span>
        </p>
      ) : null}
    </div>
  );
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

function useCost(body: string): string {
  const [cost, setCost] = useState("");
  useEffect(() => {
    if (body.trim() === "") return setCost("");
    const timer = window.setTimeout(() => {
      post<Preview>("/sms/preview", { text: withSamples(body) }).then(
        (preview) => setCost(money(preview)),
        () => setCost(""),
      );
    }, QUIET_MS);
    return () => window.clearTimeout(timer);
  }, [body]);
  return cost;
}

export function money({ cost, currency }: Preview): string {
  if (cost === null || cost === undefined || cost === "") return "";
  const symbol = !currency || currency === "INR" ? "₹" : `${currency} `;
  return `${symbol}${cost}`;
}
