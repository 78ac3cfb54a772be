import "../../styles/composer.css";
import { useMemo, useState } from "react";
import type { TemplateBase } from "../../api/dlt";
import { t } from "../../i18n";
import { isEmpty } from "../../model/checks";
import { firstValues } from "../../model/compose";
import { textOf } from "../../model/expressions";
import type { Extents } from "../../model/extents";
import { fill, type Shape, shapeOf } from "../../model/template";
import { judgeBody } from "../../model/worst_case";
import { builder } from "../../store/builder";
import { Button } from "../../ui/Button";
import { adopt } from "../choose";
import { Composer } from "../composer/Composer";
import { FreeText } from "../composer/FreeText";
import { useExtents } from "../useExtents";
import { answerOf } from "../useRemote";
import { useTemplate } from "../useTemplate";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps, neighbourKey } from "./field";

/** The body of an SMS: the template's text with a field for each variable, or a text written freely. */
export function Message(props: FieldProps) {
  const { field, id, disabled, onChange, form } = props;
  const body = asText(props.value);
  const templateKey = neighbourKey(form.fields, "template");
  const headerKey = neighbourKey(form.fields, "header");
  const remote = useTemplate(templateKey ? asText(form.values[templateKey]) : "");
  const template = answerOf(remote);
  const extents = useExtents();
  const shape = useMemo(() => template && shapeOf(template), [template]);
  const [free, setFree] = useState(false);
  const { values, put } = useValues(shape, body, extents, onChange);
  const encoding = asText(form.values.encoding);
  const composing = !free && template && shape && values;

  const replace = (changes: Readonly<Record<string, unknown>>, told: string) => {
    const before = Object.fromEntries(
      Object.keys(changes).map((key) => [key, form.values[key] ?? ""]),
    );
    form.change(changes);
    setFree(false);
    const undo = () => {
      form.change(before);
      setFree(true);
    };
    builder().notify(told, "mute", { label: t("Undo"), run: undo });
  };
  const take = (row: TemplateBase, text: string) => {
    const told = t("This is the text of “{name}”. Its fields are filled in.", { name: row.name });
    replace(adopt(row, text, form, extents), told);
  };
  const fillIn = () => {
    if (!shape || values || isEmpty(body)) {
      if (shape && isEmpty(body)) onChange(fill(shape, firstValues(shape, extents)));
      setFree(false);
      return;
    }
    const registered = fill(shape, firstValues(shape, extents));
    replace({ [field.key]: registered }, t("Your text was replaced by the template’s."));
  };

  return (
    <FieldFrame
      {...props}
      group={Boolean(composing)}
      aside={
        shape && !disabled ? (
          <Way free={!composing} onFree={() => setFree(true)} onFill={fillIn} />
        ) : undefined
      }
    >
      {composing ? (
        <Composer
          id={id}
          template={template}
          shape={shape}
          values={values}
          body={body}
          header={headerKey ? asText(form.values[headerKey]) : ""}
          encoding={encoding}
          extents={extents}
          disabled={disabled}
          onChange={put}
        />
      ) : (
        <FreeText
          {...props}
          body={body}
          template={template}
          shape={shape}
          extents={extents}
          encoding={encoding}
          onAdopt={take}
        />
      )}
    </FieldFrame>
  );
}

interface WayProps {
  readonly free: boolean;
  onFree(): void;
  onFill(): void;
}

function Way({ free, onFree, onFill }: WayProps) {
  return free ? (
    <Button look="ghost" className="way" testId="fill-in" onClick={onFill}>
      {t("Fill in the template")}
    </Button>
  ) : (
    <Button look="ghost" className="way" testId="free-text" onClick={onFree}>
      {t("Paste or write freely")}
    </Button>
  );
}

/**
 * The values that stand in a body, slot by slot; null when its static text is not the template's.
 * What was typed stays in the field it was typed into, though the text alone could be cut elsewhere.
 */
function useValues(
  shape: Shape | null,
  body: string,
  extents: Extents,
  onChange: (body: string) => void,
) {
  const [typed, setTyped] = useState<{ shape: Shape; values: readonly string[] } | null>(null);
  const values = useMemo(() => {
    if (!shape || isEmpty(body)) return null;
    if (typed?.shape === shape && fill(shape, typed.values) === body) return typed.values;
    return judgeBody(shape, body, extents)?.map(({ parts }) => textOf(parts)) ?? null;
  }, [shape, body, extents, typed]);
  const put = (next: readonly string[]) => {
    if (!shape) return;
    setTyped({ shape, values: next });
    onChange(fill(shape, next));
  };
  return { values, put };
}
