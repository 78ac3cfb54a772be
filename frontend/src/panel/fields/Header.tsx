import { isApproved, readEntities, readHeaders } from "../../api/dlt";
import { t } from "../../i18n";
import { answerOf, useRemote } from "../useRemote";
import { useTemplate } from "../useTemplate";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps, neighbourKey } from "./field";
import { RegistryStatus, StateBadge } from "./RegistryStatus";

/** The sender of a message. Headers of the chosen template come first; others may be typed. */
export function Header(props: FieldProps) {
  const entityKey = neighbourKey(props.form.fields, "entity");
  const templateKey = neighbourKey(props.form.fields, "template");
  const entity = entityKey ? asText(props.form.values[entityKey]) : "";
  const result = useRemote(entity, readHeaders);
  const entities = useRemote("", readEntities);
  const template = useTemplate(templateKey ? asText(props.form.values[templateKey]) : "");
  const rank = (value: string) => (answerOf(template)?.headers.includes(value) ? 0 : 1);
  const headers = [...(answerOf(result) ?? [])].sort(
    (a, b) => rank(a.value) - rank(b.value) || Number(isApproved(b)) - Number(isApproved(a)),
  );
  const nameOf = (peId: string) =>
    answerOf(entities)?.find((row) => row.pe_id === peId)?.name ?? peId;
  const chosen = headers.find((header) => header.value === props.value);

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
