import { isApproved, type Template } from "../../api/dlt";
import { t } from "../../i18n";
import { longestText } from "../../model/compose";
import type { Extents } from "../../model/extents";
import type { Shape } from "../../model/template";
import { type Judged, judgeValues } from "../../model/worst_case";
import { DltVerdict } from "../DltVerdict";
import { MessageMeter } from "../MessageMeter";
import { Preview } from "./Preview";
import { SlotField } from "./SlotField";

interface Props {
  readonly id: string;
  readonly template: Template;
  readonly shape: Shape;
  readonly values: readonly string[];
  readonly body: string;
  readonly header: string;
  readonly encoding: string;
  readonly extents: Extents;
  readonly disabled: boolean;
  onChange(values: readonly string[]): void;
}

/** A registered text with a field in the place of each variable: nothing else can be changed. */
export function Composer(props: Props) {
  const { id, template, shape, values, extents, disabled, onChange } = props;
  const judged = judgeValues(shape, values, extents);
  const faulty = judged.some(({ findings }) =>
    findings.some(({ severity }) => severity === "error"),
  );
  const unknown = judged.some(({ extent }) => extent.characters === null);
  return (
    <>
      <div className="paper" data-testid="composer">
        {shape.raw.map((part, index) => {
          if (typeof part === "string") {
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text.
              <p className="fixed" key={index}>
                {part}
              </p>
            );
          }
          const place = shape.slots.indexOf(part);
          const here = judged[place];
          return here ? (
            <SlotField
              key={part.first}
              id={place === 0 ? id : `${id}-${part.first}`}
              judged={here}
              value={values[place] ?? ""}
              extents={extents}
              disabled={disabled}
              onChange={(value) => onChange(values.with(place, value))}
            />
          ) : null;
        })}
      </div>
      {faulty ? null : (
        <DltVerdict
          templateId={template.template_id}
          approved={isApproved(template)}
          body={props.body}
          extents={extents}
          disabled
          onRepair={() => undefined}
        />
      )}
      <Preview shape={shape} judged={judged} header={props.header} category={template.category} />
      <MessageMeter
        text={sampleText(shape, judged)}
        longest={longestText(shape, judged)}
        foreign={unknown ? longestText(shape, judged, "ह") : null}
        encoding={props.encoding}
        whence={(character) => whence(shape, judged, character)}
      />
    </>
  );
}

function sampleText({ raw, slots }: Shape, judged: readonly Judged[]): string {
  return raw
    .map((part) =>
      typeof part === "string" ? part : (judged[slots.indexOf(part)]?.extent.sample ?? ""),
    )
    .join("");
}

function whence({ raw }: Shape, judged: readonly Judged[], character: string): string {
  const inText = raw.some((part) => typeof part === "string" && part.includes(character));
  if (inText) return t("in the registered text");
  const numbers = judged
    .filter(({ extent }) => extent.sample.includes(character))
    .map(({ slot }) => slot.first);
  return t("in variable {n}", { n: numbers.join(", ") });
}
