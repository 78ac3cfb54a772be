import { useRef } from "react";
import { t } from "../../i18n";
import { VARIABLES } from "../../model/samples";
import { DltVerdict } from "../DltVerdict";
import { MessageMeter, measure, meterText } from "../MessageMeter";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps, neighbourKey } from "./field";

/** The body of an SMS: variables at hand, a live count, and what DLT will say to it. */
export function Message(props: FieldProps) {
  const { id, value, disabled, onChange, form } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const body = asText(value);
  const templateKey = neighbourKey(form.fields, "template");
  const templateId = templateKey ? asText(form.values[templateKey]) : "";
  const measured = measure(body, asText(form.values.encoding));

  const insert = (variable: string) => {
    const { selectionStart: from = body.length, selectionEnd: to = from } = area.current ?? {};
    onChange(body.slice(0, from) + variable + body.slice(to));
    const caret = from + variable.length;
    window.setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };

  return (
    <>
      <FieldFrame {...props} aside={meterText(measured)}>
        <textarea
          ref={area}
          id={id}
          className="in"
          rows={5}
          value={body}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          {...describedBy(props)}
        />
        <fieldset className="chips" aria-label={t("Insert a variable")}>
          {VARIABLES.map((variable) => (
            <button
              type="button"
              className="chip"
              key={variable}
              disabled={disabled}
              onClick={() => insert(variable)}
            >
              {variable}
            </button>
          ))}
        </fieldset>
      </FieldFrame>
      <MessageMeter body={body} measured={measured} />
      <DltVerdict templateId={templateId} body={body} disabled={disabled} onRepair={onChange} />
    </>
  );
}
