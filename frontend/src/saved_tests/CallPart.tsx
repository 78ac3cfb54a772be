import { t } from "../i18n";
import type { Document } from "./document";
import { Part, type PartProps } from "./parts";

const ENTRIES: readonly (readonly [NonNullable<Document["entry"]>, string])[] = [
  ["inbound_call", "A call comes in"],
  ["inbound_sms", "An SMS comes in"],
  ["api", "Started over the API"],
];

/** Who calls whom, and when. */
export function CallPart({ document, onChange }: PartProps) {
  return (
    <Part title={t("The call")}>
      <div className="fields">
        <Field label={t("Name")} full>
          <input
            className="in"
            maxLength={100}
            value={document.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field label={t("Caller")} hint={t("Empty: the number is withheld.")}>
          <input
            className="in mono"
            type="tel"
            value={document.caller ?? ""}
            onChange={(event) => onChange({ caller: event.target.value.replace(/\s/g, "") })}
          />
        </Field>
        <Field label={t("Called number")}>
          <input
            className="in mono"
            type="tel"
            value={document.called ?? ""}
            onChange={(event) => onChange({ called: event.target.value.replace(/\s/g, "") })}
          />
        </Field>
        <Field label={t("Comes in at")} hint={t("Every run is at this time.")}>
          <input
            className="in"
            type="datetime-local"
            step={1}
            value={document.at}
            onChange={(event) => event.target.value && onChange({ at: whole(event.target.value) })}
          />
        </Field>
        <Field label={t("Time zone")}>
          <input
            className="in"
            list="test-zones"
            value={document.zone ?? "Asia/Kolkata"}
            onChange={(event) => onChange({ zone: event.target.value.trim() })}
          />
        </Field>
        <Field label={t("What begins it")}>
          <select
            className="in"
            value={document.entry ?? "inbound_call"}
            onChange={(event) => onChange({ entry: event.target.value as "inbound_call" })}
          >
            {ENTRIES.map(([entry, label]) => (
              <option key={entry} value={entry}>
                {t(label)}
              </option>
            ))}
          </select>
        </Field>
        {document.entry === "inbound_sms" ? (
          <Field label={t("Text of the SMS")} full>
            <textarea
              className="in"
              rows={2}
              value={String(document.sms?.bodyText ?? "")}
              onChange={(event) =>
                onChange({ sms: { ...document.sms, bodyText: event.target.value } })
              }
            />
          </Field>
        ) : null}
      </div>
      <datalist id="test-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Part>
  );
}

/** Browsers leave out seconds that are zero. */
const whole = (at: string) => (at.length === "2026-11-25T11:00".length ? `${at}:00` : at);

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly full?: boolean;
  readonly children: React.ReactNode;
}

function Field({ label, hint, full = false, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className={full ? "field full" : "field"}>
      <span>{label}</span>
      {children}
      {hint ? <small className="hint">{hint}</small> : null}
    </label>
  );
}
