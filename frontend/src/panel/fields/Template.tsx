import type { Registry, Template as TemplateRow } from "../../api/dlt";
import type { Settings } from "../../api/types";
import { t } from "../../i18n";
import { isEmpty } from "../../model/checks";
import type { Field } from "../../model/schema";
import { bodySkeleton } from "../../model/skeleton";
import { useRegistry } from "../useRegistry";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps, neighbourKey } from "./field";
import { RegistryStatus, StateBadge } from "./RegistryStatus";

/** The approved text a message must match. Choosing one fills in the fields that follow from it. */
export function Template(props: FieldProps) {
  const { value, form } = props;
  const result = useRegistry();
  const registry = result.state === "ready" ? result.registry : null;
  const chosen = registry?.templates.find((row) => row.template_id === value);

  const choose = (templateId: string) => {
    const row = registry?.templates.find((candidate) => candidate.template_id === templateId);
    props.form.change({
      [props.field.key]: templateId,
      ...(row && registry ? consequences(row, registry, form.fields, form.values) : {}),
    });
  };

  return (
    <FieldFrame {...props}>
      <Combo
        {...props}
        placeholder={t("Find a template, or type its 19 digits")}
        status={<RegistryStatus result={result} />}
        shown={
          chosen ? (
            <>
              <span className="grow">{chosen.name}</span>
              <StateBadge state={chosen.state} />
            </>
          ) : null
        }
        choices={(registry?.templates ?? []).map((row) => ({
          value: row.template_id,
          words: `${row.name} ${row.text}`,
          content: (
            <>
              <span className="grow">
                <b>{row.name}</b>
                <small className="clip">{row.text}</small>
              </span>
              <StateBadge state={row.state} />
            </>
          ),
        }))}
        onChoose={choose}
      />
      {chosen ? (
        <>
          <div className="meter">
            <span className="mono">{chosen.template_id}</span>
            <span>{categoryText(chosen.category)}</span>
          </div>
          <blockquote className="tpl">{markVariables(chosen.text)}</blockquote>
        </>
      ) : null}
    </FieldFrame>
  );
}

/** Entity always follows; sender and body only where the user has written nothing that fits. */
function consequences(
  row: TemplateRow,
  registry: Registry,
  fields: readonly Field[],
  values: Settings,
): Settings {
  const changes: Record<string, unknown> = {};
  const entityKey = neighbourKey(fields, "entity");
  const headerKey = neighbourKey(fields, "header");
  const messageKey = neighbourKey(fields, "message");
  if (entityKey) changes[entityKey] = row.entity;
  if (headerKey && !fitsHeader(row, registry, asText(values[headerKey]))) {
    const suggested =
      row.headers[0] ?? registry.headers.find((header) => header.entity === row.entity)?.value;
    if (suggested) changes[headerKey] = suggested;
  }
  if (messageKey && isReplaceable(values[messageKey], registry)) {
    changes[messageKey] = bodySkeleton(row.text);
  }
  return changes;
}

function fitsHeader(row: TemplateRow, registry: Registry, header: string): boolean {
  if (row.headers.length > 0) return row.headers.includes(header);
  return registry.headers.some((h) => h.value === header && h.entity === row.entity);
}

/** Empty, or still the skeleton that another template put there. */
function isReplaceable(body: unknown, registry: Registry): boolean {
  return isEmpty(body) || registry.templates.some((row) => bodySkeleton(row.text) === body);
}

const categoryText = (category: string) => {
  const words = category.replaceAll("_", " ");
  return t(words.charAt(0).toUpperCase() + words.slice(1));
};

function markVariables(text: string) {
  return text.split(/(\{#.*?#\})/).map((part, index) =>
    part.startsWith("{#") ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text.
      <mark key={index}>{part}</mark>
    ) : (
      part
    ),
  );
}
