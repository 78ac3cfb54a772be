import { readEntities } from "../../api/dlt";
import { t } from "../../i18n";
import { answerOf, useRemote } from "../useRemote";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import type { FieldProps } from "./field";
import { RegistryStatus, StateBadge } from "./RegistryStatus";

export function Entity(props: FieldProps) {
  const result = useRemote("", readEntities);
  const entities = answerOf(result) ?? [];
  const chosen = entities.find((entity) => entity.pe_id === props.value);
  return (
    <FieldFrame {...props}>
      <Combo
        {...props}
        placeholder={t("Principal entity, 19 digits")}
        status={<RegistryStatus result={result} />}
        shown={
          chosen ? (
            <>
              <span className="grow">{chosen.name}</span>
              <span className="mono muted">{chosen.pe_id}</span>
            </>
          ) : null
        }
        choices={entities.map((entity) => ({
          value: entity.pe_id,
          words: entity.name,
          content: (
            <>
              <span className="grow">
                <b>{entity.name}</b>
                <small className="mono">{entity.pe_id}</small>
              </span>
              <StateBadge state={entity.state} />
            </>
          ),
        }))}
        onChoose={props.onChange}
      />
    </FieldFrame>
  );
}
