import { useRef, useState } from "react";
import { isApproved, recognise, type Template, type TemplateBase } from "../../api/dlt";
import { t } from "../../i18n";
import { longestText, sampled } from "../../model/compose";
import { textOf } from "../../model/expressions";
import type { Extents } from "../../model/extents";
import { fill, type Shape } from "../../model/template";
import { type Judged, judgeBody } from "../../model/worst_case";
import { reasonOf } from "../../store/flow_slice";
import { Button } from "../../ui/Button";
import { DltVerdict } from "../DltVerdict";
import { describedBy, type FieldProps } from "../fields/field";
import { MessageMeter } from "../MessageMeter";
import { Finder, type Search } from "./Finder";
import { InsertMenu } from "./InsertMenu";
import { FindingNote } from "./SlotField";

interface Props extends FieldProps {
  readonly body: string;
  readonly template: Template | null;
  readonly shape: Shape | null;
  readonly extents: Extents;
  readonly encoding: string;
  onAdopt(row: TemplateBase, body: string, pasted: boolean): void;
}

/** A message written by hand. Its template is looked for when it is pasted, or when asked. */
export function FreeText(props: Props) {
  const { id, body, template, shape, extents, disabled, onChange, onAdopt } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [search, setSearch] = useState<Search>({ state: "idle" });
  const turn = useRef(0);
  const judged = shape && judgeBody(shape, body, extents);
  const filled = sampled(body, extents);

  const write = (text: string) => {
    turn.current += 1;
    setSearch({ state: "idle" });
    onChange(text);
  };
  const find = (text: string, pasted: boolean) => {
    turn.current += 1;
    const mine = turn.current;
    const asked = sampled(text, extents);
    setSearch({ state: "searching" });
    recognise(asked.text).then(
      (found) => {
        if (turn.current !== mine) return;
        const [only, ...others] = found.matches;
        if (pasted && only && others.length === 0) return onAdopt(only, text, true);
        setSearch({ state: "done", found, asked });
      },
      (error: unknown) =>
        turn.current === mine && setSearch({ state: "failed", reason: reasonOf(error) }),
    );
  };
  const insert = (source: string) => {
    const { selectionStart: from = body.length, selectionEnd: to = from } = area.current ?? {};
    write(body.slice(0, from) + source + body.slice(to));
    const caret = from + source.length;
    window.setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };

  return (
    <>
      <textarea
        ref={area}
        id={id}
        className="in"
        rows={5}
        value={body}
        disabled={disabled}
        placeholder={t("Paste a text here: its template is found for you.")}
        onChange={(event) => write(event.target.value)}
        onPaste={() => window.setTimeout(() => area.current && find(area.current.value, true))}
        {...describedBy(props)}
      />
      {disabled ? null : (
        <div className="under">
          <InsertMenu
            label={t("Insert a value")}
            testId="insert-free"
            offered={extents.offered()}
            onInsert={({ source }) => insert(source)}
          />
          <span className="grow help">{t("Insert a value of the call")}</span>
          {body.trim() === "" ? null : (
            <Button icon="search" testId="find-template" onClick={() => find(body, false)}>
              {t("Find its template")}
            </Button>
          )}
        </div>
      )}
      <Finder
        search={search}
        disabled={disabled}
        onAdopt={(row, corrected) => onAdopt(row, corrected ?? body, false)}
      />
      {(judged ?? []).flatMap(({ findings }, place) =>
        findings.map((found) => (
          <FindingNote
            key={found.message}
            found={found}
            disabled={disabled}
            onChange={(value) => shape && write(withValue(shape, judged ?? [], place, value))}
          />
        )),
      )}
      {template && search.state === "idle" && !onlyValues(judged) ? (
        <DltVerdict
          templateId={template.template_id}
          approved={isApproved(template)}
          body={body}
          extents={extents}
          disabled={disabled}
          onRepair={(text) => onAdopt(template, text, false)}
        />
      ) : null}
      {body.trim() === "" ? null : (
        <MessageMeter
          text={filled.text}
          longest={shape && judged ? longestText(shape, judged) : null}
          foreign={null}
          encoding={props.encoding}
          whence={() => null}
        />
      )}
    </>
  );
}

/** The registered text is right and the values are not: that is said beside each of them. */
const onlyValues = (judged: readonly Judged[] | null) =>
  judged?.some(({ findings }) => findings.some(({ severity }) => severity === "error")) ?? false;

/** The text with another value in one of the template's variables. */
function withValue(shape: Shape, judged: readonly Judged[], place: number, value: string): string {
  return fill(
    shape,
    judged.map(({ parts }, index) => (index === place ? value : textOf(parts))),
  );
}
