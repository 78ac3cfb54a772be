import { type FlowSummary, readFlows } from "../../api/flows";
import { t } from "../../i18n";
import { useBuilder } from "../../store/builder";
import { useRemote } from "../useRemote";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import type { FieldProps } from "./field";

/** One of the workspace's flows, by name. */
export function FlowChoice(props: FieldProps) {
  const own = useBuilder((state) => state.flowId);
  const result = useRemote("", readFlows);
  const flows = result.state === "ready" ? result.value : [];
  const chosen = flows.find((flow) => flow.id === props.value);
  return (
    <FieldFrame
      {...props}
      aside={chosen ? <a href={`/flows/${encodeURIComponent(chosen.id)}/`}>{t("Open")}</a> : null}
    >
      <Combo
        {...props}
        placeholder={t("Name of a flow")}
        status={
          result.state === "loading"
            ? t("Looking for flows…")
            : result.state === "failed"
              ? t("The flows could not be read.")
              : t("No flow fits.")
        }
        shown={chosen ? <Shown flow={chosen} own={own} /> : null}
        choices={flows.map((flow) => ({
          value: flow.id,
          words: flow.name,
          content: <Shown flow={flow} own={own} />,
        }))}
        onChoose={props.onChange}
      />
    </FieldFrame>
  );
}

function Shown({ flow, own }: { readonly flow: FlowSummary; readonly own: string }) {
  return (
    <>
      <span className="grow">
        {flow.id === own ? t("{name} (this flow)", { name: flow.name }) : flow.name}
      </span>
      {flow.live ? (
        <span className="badge ok">{t("Version {number}", { number: flow.live.number })}</span>
      ) : (
        <span className="badge warn">{t("Never published")}</span>
      )}
    </>
  );
}
