import { isApproved } from "../../api/dlt";
import { t } from "../../i18n";
import { useRegistry } from "../useRegistry";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps, neighbourKey } from "./field";
import { RegistryStatus, StateBadge } from "./RegistryStatus";

/** The sender of a message. Headers of the chosen template come first; others may be typed. */
export function Header(props: FieldProps) {
  const result = useRegistry();
  const registry = result.state === "ready" ? result.registry : null;
  const entityKey = neighbourKey(props.form.fields, "entity");
  const templateKey = neighbourKey(props.form.fields, "template");
  const entity = entityKey ? asText(props.form.values[entityKey]) : "";
  const template = registry?.templates.find(
    (row) => templateKey !== null && row.template_id === props.form.values[templateKey],
  );
  const rank = (value: string) => (template?.headers.includes(value) ? 0 : 1);
  const headers = (registry?.headers ?? [])
    .filter((header) => entity === "" || header.entity === entity)
    .sort((a, b) => rank(a.value) - rank(b.value) || Number(isApproved(b)) - Number(isApproved(a)));
  const nameOf = (peId: string) =>
    registry?.entities.find((row) => row.pe_id === peId)?.name ?? peId;
  const chosen = registry?.headers.find((header) => header.value === props.value);

  return (
    <FieldFrame {...props}>
      <Combo
        {...props}
        placeholder={t("Header, such as ACMECO")}
        status={<RegistryStatus result={result} />}
        shown={
          chosen ? (
            <>
              <span className="grow mono">{chosen.value}</span>
              <span className="muted">{nameOf(chosen.entity)}</span>
            </>
          ) : null
        }
        choices={headers.map((header) => ({
          value: header.value,
          words: nameOf(header.entity),
          content: (
            <>
              <span className="grow">
                <b className="mono">{header.value}</b>
                <small>
                  {rank(header.value) === 0 ? t("Linked to the template") : nameOf(header.entity)}
                </small>
              </span>
              <StateBadge state={header.state} />
            </>
          ),
        }))}
        onChoose={props.onChange}
      />
    </FieldFrame>
  );
}
