import { useRef, useState } from "react";
import { type Template as Row, readEntities, readTemplate, searchTemplates } from "../../api/dlt";
import { t } from "../../i18n";
import { builder } from "../../store/builder";
import { settingsOf } from "../../store/form_slice";
import { Icon } from "../../ui/Icon";
import { choose, droppedText } from "../choose";
import { extentsNow } from "../useExtents";
import { answerOf, useRemote } from "../useRemote";
import { isTemplateId, useTemplate } from "../useTemplate";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";
import { RegistryStatus, StateBadge, wordFor } from "./RegistryStatus";

const QUIET_MS = 200;

/** The approved text a message must match. Choosing one fills in the fields that follow from it. */
export function Template(props: FieldProps) {
  const { form } = props;
  const value = asText(props.value);
  const [typed, setTyped] = useState<string | null>(null);
  const [told, setTold] = useState<{ readonly of: string; readonly text: string } | null>(null);
  // Opened without typing it lists what there is, not only what is chosen already.
  const found = useRemote(typed ?? "", searchTemplates, QUIET_MS);
  const entities = answerOf(useRemote("", readEntities));
  const chosen = answerOf(useTemplate(value));
  // While another ID is typed none is chosen, but the values in the text are still of this one.
  const last = useRef<Row | null>(null);
  last.current = chosen ?? last.current;

  const take = (row: Row) => {
    const { changes, dropped } = choose(row, last.current, form, extentsNow());
    form.change(changes);
    const text = droppedText(dropped);
    setTold(text === null ? null : { of: row.template_id, text });
  };
  const type = (text: string) => {
    setTold(null);
    // Words are looked for; only digits can be an ID.
    if (/^\d*$/.test(text)) props.onChange(text);
    if (!isTemplateId(text)) return;
    void readTemplate(text)
      .then((row) => {
        const { selection } = builder();
        const now = selection[0] ? settingsOf(builder(), selection[0]) : {};
        // Somebody may have gone on typing, or filled in the rest by hand.
        if (row && now[props.field.key] === text) {
          const { changes } = choose(row, last.current, { ...form, values: now }, extentsNow());
          form.change(changes);
        }
      })
      .catch(() => undefined);
  };
  const why = (row: Row) => reasonNot(row, entities ?? []);

  return (
    <FieldFrame {...props}>
      <Combo
        {...props}
        onChange={(text) => type(asText(text))}
        onSearch={setTyped}
        placeholder={t("Find a template, or type its 19 digits")}
        status={<RegistryStatus result={found} />}
        shown={
          chosen ? (
            <>
              <span className="grow">{chosen.name}</span>
              <StateBadge state={chosen.state} />
            </>
          ) : null
        }
        choices={(answerOf(found) ?? []).map((row) => ({
          value: row.template_id,
          words: `${row.name} ${row.text}`,
          content: (
            <>
              <span className="grow">
                <b>{row.name}</b>
                <small className="clip">{row.text}</small>
                {why(row) ? <small className="whynot">{why(row)}</small> : null}
              </span>
              <StateBadge state={row.state} />
            </>
          ),
        }))}
        onChoose={(id) => {
          const row = answerOf(found)?.find((candidate) => candidate.template_id === id);
          if (row) take(row);
        }}
      />
      {chosen ? (
        <div className="meter">
          <span className="mono">{chosen.template_id}</span>
          <span>{wordFor(chosen.category)}</span>
        </div>
      ) : null}
      {chosen && why(chosen) ? (
        <p className="note warn">
          <Icon name="triangle-alert" small />
          <span>{why(chosen)}</span>
        </p>
      ) : null}
      {told?.of === value ? (
        <p className="note" role="status" data-testid="dropped">
          <Icon name="info" small />
          <span>{told.text}</span>
        </p>
      ) : null}
    </FieldFrame>
  );
}

/** Why a template cannot be sent now; null when it can. */
function reasonNot(
  row: Row,
  entities: readonly { readonly pe_id: string; readonly name: string; readonly state: string }[],
): string | null {
  const reasons: Readonly<Record<string, string>> = {
    draft: t("A draft: submit it for approval first."),
    pending: t("It waits for an admin’s approval; until then it cannot be sent."),
    submitted: t("It waits for an admin’s approval; until then it cannot be sent."),
    rejected: t("An admin sent it back: {reason}", { reason: row.reason || t("no reason given.") }),
    suspended: t("It is suspended; nothing can be sent with it."),
    blacklisted: t("It is blacklisted by the operators."),
    retired: t("It is retired: choose the one that took its place."),
    superseded: t("A newer version took its place."),
  };
  if (row.state !== "approved") {
    return (
      reasons[row.state] ??
      t("It is {state}; only an approved one can be sent.", {
        state: wordFor(row.state).toLowerCase(),
      })
    );
  }
  const entity = entities.find(({ pe_id }) => pe_id === row.entity);
  if (!entity || entity.state === "active" || entity.state === "approved") return null;
  return t("Its entity {name} is {state}.", { name: entity.name, state: entity.state });
}
