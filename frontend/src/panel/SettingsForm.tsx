import { Suspense, useEffect, useMemo, useRef } from "react";
import type { Applet, Issue, Settings, WireNode } from "../api/types";
import { t } from "../i18n";
import { checkSettings, type FieldErrors, isEmpty } from "../model/checks";
import { besides } from "../model/issues";
import { type Field, fieldsOf, isShown } from "../model/schema";
import { builder, useBuilder } from "../store/builder";
import { issuesOf } from "../store/flow_slice";
import { Icon } from "../ui/Icon";
import { fieldFor } from "./fields/registry";

interface Props {
  readonly node: WireNode;
  readonly applet: Applet | undefined;
}

const ADVANCED = new Set(["more", "advanced"]);

/** The fields of a node's settings, one per property of the applet's schema. */
export function SettingsForm({ node, applet }: Props) {
  const form = useBuilder((state) => state.form);
  const canEdit = useBuilder((state) => state.canEdit);
  const fields = useMemo(() => (applet ? fieldsOf(applet) : []), [applet]);
  const stored = form?.node === node.id ? form.values : node.settings;
  // A flow drawn before a setting was known does not have it: it works as the default says.
  const values = useMemo(() => ({ ...applet?.defaults, ...stored }), [applet, stored]);
  const errors = useErrors(node, fields, values, stored);
  const body = useRef<HTMLDivElement>(null);
  useFocusSetting(body);

  if (!applet) {
    return (
      <p className="note bad">
        <Icon name="circle-alert" small />
        {t("There is no applet {type} here. Its settings are kept as they are.", {
          type: node.type,
        })}
      </p>
    );
  }
  const change = (settings: Settings) => builder().changeSettings(node.id, settings);
  const shown = fields.filter((field) => isShown(field, values));
  const row = (field: Field) => {
    const Component = fieldFor(field.widget);
    return (
      <Suspense key={field.key} fallback={<p className="help">{field.title}…</p>}>
        <Component
          field={field}
          id={`set-${node.id}-${field.key}`}
          value={values[field.key]}
          error={errors[field.key] ?? null}
          disabled={!canEdit}
          onChange={(value) => change({ [field.key]: value })}
          form={{ values, fields, change }}
        />
      </Suspense>
    );
  };
  const basic = shown.filter((field) => !ADVANCED.has(field.group ?? ""));
  const more = shown.filter((field) => ADVANCED.has(field.group ?? ""));
  return (
    <div ref={body}>
      {basic.map(row)}
      {more.length > 0 ? (
        <details className="more" open={more.some((field) => errors[field.key] !== undefined)}>
          <summary>{t("More settings")}</summary>
          {more.map(row)}
        </details>
      ) : null}
      {fields.length === 0 ? <p className="help">{t("Nothing to set here.")}</p> : null}
    </div>
  );
}

/** Local checks speak at once; the server's word counts while its setting is unchanged. */
function useErrors(
  node: WireNode,
  fields: readonly Field[],
  values: Settings,
  stored: Settings,
): FieldErrors {
  const graph = useBuilder((state) => state.graph);
  const checked = useBuilder((state) => state.checked);
  const fresh = useBuilder((state) => state.fresh === node.id);
  return useMemo(() => {
    const listed = issuesOf({ ...builder(), graph, checked }).filter((issue) =>
      isAbout(issue, node, stored),
    );
    const titles = new Map(fields.map((field) => [field.key, field.title]));
    const fromServer = Object.fromEntries(
      listed.map(({ setting, message }) => [
        setting,
        besides(message, node.name, titles.get(setting ?? "")),
      ]),
    );
    const errors: [string, string][] = Object.entries({
      ...fromServer,
      ...checkSettings(fields, values),
    });
    return Object.fromEntries(errors.filter(([key]) => !fresh || !isEmpty(values[key])));
  }, [graph, checked, node, fields, values, stored, fresh]);
}

const SAID_BY_THE_COMPOSER: ReadonlySet<string> = new Set([
  "dlt.template_mismatch",
  "dlt.call_sid_too_long",
  "dlt.value_does_not_fit",
  "dlt.value_may_not_fit",
  "flows.variable_never_set",
]);

/** `stored`: the settings with what was changed in the panel, without defaults. */
function isAbout(issue: Issue, node: WireNode, stored: Settings): boolean {
  if (issue.node !== node.id || issue.setting === null || issue.severity === "hint") return false;
  // The composer says it already, beside the variable, and says it while somebody types.
  if (SAID_BY_THE_COMPOSER.has(issue.code)) return false;
  return stored[issue.setting] === node.settings[issue.setting];
}

/** An issue that was clicked leads into its field. */
function useFocusSetting(body: React.RefObject<HTMLElement | null>): void {
  const focusSetting = useBuilder((state) => state.focusSetting);
  useEffect(() => {
    if (!focusSetting) return;
    const selector = `[data-setting="${CSS.escape(focusSetting)}"]`;
    const field = body.current?.querySelector<HTMLElement>(selector);
    field?.closest("details")?.setAttribute("open", "");
    field?.scrollIntoView({ block: "center" });
    field?.querySelector<HTMLElement>("input,select,textarea,button")?.focus();
  }, [focusSetting, body]);
}
