/** Which component edits which widget of the catalogue. A new kind of field is one line here. */
import { type ComponentType, lazy } from "react";
import { Entity } from "./Entity";
import type { FieldProps } from "./field";
import { Header } from "./Header";
import { KeyList } from "./KeyList";
import { KeyValue } from "./KeyValue";
import { NotLoaded } from "./NotLoaded";
import { NumberField } from "./Number";
import { Phone } from "./Phone";
import { PhoneList } from "./PhoneList";
import { Segmented } from "./Segmented";
import { Select } from "./Select";
import { Text } from "./Text";
import { Textarea } from "./Textarea";
import { Toggle } from "./Toggle";
import { Url } from "./Url";

/** Answers of servers are rarely chosen among: their list comes when it is asked for. */
const CaseList = lazy(() =>
  import("./CaseList").then((part) => ({ default: part.CaseList }), missing),
);
const TextList = lazy(() =>
  import("./TextList").then((part) => ({ default: part.TextList }), missing),
);
/** The composer of messages comes when the first message is opened: the canvas need not wait for it. */
const Template = lazy(() =>
  import("./message_fields").then((part) => ({ default: part.Template }), missing),
);
const Message = lazy(() =>
  import("./message_fields").then((part) => ({ default: part.Message }), missing),
);
/** Opening hours, too. */
const Schedule = lazy(() =>
  import("./hours_fields").then((part) => ({ default: part.Schedule }), missing),
);
const Holidays = lazy(() =>
  import("./hours_fields").then((part) => ({ default: part.Holidays }), missing),
);
const TimeZone = lazy(() =>
  import("./hours_fields").then((part) => ({ default: part.TimeZone }), missing),
);
const Audio = lazy(() => import("./Audio").catch(missing));
/** And the cases of conditions. */
const Rules = lazy(() =>
  import("./rules_fields").then((part) => ({ default: part.Rules }), missing),
);
const FlowChoice = lazy(() =>
  import("./FlowChoice").then((part) => ({ default: part.FlowChoice }), missing),
);
const Expression = lazy(() =>
  import("./expression_fields").then((part) => ({ default: part.Expression }), missing),
);
const ExpressionText = lazy(() =>
  import("./expression_fields").then((part) => ({ default: part.ExpressionText }), missing),
);
const Assignments = lazy(() =>
  import("./expression_fields").then((part) => ({ default: part.Assignments }), missing),
);
const missing = () => ({ default: NotLoaded });

const FIELDS: Readonly<Record<string, ComponentType<FieldProps>>> = {
  text: Text,
  textarea: Textarea,
  number: NumberField,
  select: Select,
  segmented: Segmented,
  phone: Phone,
  phone_list: PhoneList,
  key_list: KeyList,
  case_list: CaseList,
  text_list: TextList,
  url: Url,
  header: Header,
  template: Template,
  entity: Entity,
  message: Message,
  flow: FlowChoice,
  toggle: Toggle,
  key_value: KeyValue,
  expression: Expression,
  expression_text: ExpressionText,
  assignments: Assignments,
  audio: Audio,
  schedule: Schedule,
  holidays: Holidays,
  time_zone: TimeZone,
  rules: Rules,
};

/** Throws for a widget that has no field: a setting that cannot be edited must not pass unseen. */
export function fieldFor(widget: string): ComponentType<FieldProps> {
  const component = FIELDS[widget];
  if (component) return component;
  const known = Object.keys(FIELDS).join(", ");
  throw new Error(`No field for the widget "${widget}". Known: ${known}.`);
}
