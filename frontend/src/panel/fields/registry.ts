/** Which component edits which widget of the catalogue. A new kind of field is one line here. */
import type { ComponentType } from "react";
import { Entity } from "./Entity";
import type { FieldProps } from "./field";
import { Header } from "./Header";
import { KeyList } from "./KeyList";
import { KeyValue } from "./KeyValue";
import { Message } from "./Message";
import { NumberField } from "./Number";
import { Phone } from "./Phone";
import { PhoneList } from "./PhoneList";
import { Segmented } from "./Segmented";
import { Select } from "./Select";
import { Template } from "./Template";
import { Text } from "./Text";
import { Textarea } from "./Textarea";
import { Toggle } from "./Toggle";
import { Url } from "./Url";

const FIELDS: Readonly<Record<string, ComponentType<FieldProps>>> = {
  text: Text,
  textarea: Textarea,
  number: NumberField,
  select: Select,
  segmented: Segmented,
  phone: Phone,
  phone_list: PhoneList,
  key_list: KeyList,
  url: Url,
  header: Header,
  template: Template,
  entity: Entity,
  message: Message,
  toggle: Toggle,
  key_value: KeyValue,
};

/** Throws for a widget that has no field: a setting that cannot be edited must not pass unseen. */
export function fieldFor(widget: string): ComponentType<FieldProps> {
  const component = FIELDS[widget];
  if (component) return component;
  const known = Object.keys(FIELDS).join(", ");
  throw new Error(`No field for the widget "${widget}". Known: ${known}.`);
}
