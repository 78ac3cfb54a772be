/** What the parts of the form are made of. */
import type { ReactNode } from "react";
import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import type { Document, Drawing, Place } from "./document";

export interface PartProps {
  readonly document: Document;
  readonly drawing: Drawing;
  onChange(part: Partial<Document>): void;
}

export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
      </header>
      <div className="bd">{children}</div>
    </section>
  );
}

interface SmallProps {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Small({ label, className = "", children }: SmallProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className={`small-field ${className}`}>
      {label}
      {children}
    </label>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly usual?: number;
  onChange(value: number): void;
}

export function NumberBox({ label, value, usual = 0, onChange }: NumberProps) {
  return (
    <Small label={label}>
      <input
        className="in num"
        type="number"
        min={0}
        value={value ?? usual}
        onChange={(event) => onChange(Math.max(0, Math.round(event.target.valueAsNumber || 0)))}
      />
    </Small>
  );
}

interface NodeProps {
  readonly label: string;
  readonly nodes: readonly Place[];
  readonly value: string;
  /** What is written where none is chosen. */
  readonly none?: string;
  onChange(node: string): void;
}

export function NodeBox({ label, nodes, value, none, onChange }: NodeProps) {
  const known = nodes.some((node) => node.id === value);
  return (
    <Small label={label} className="wide">
      <select className="in" value={value} onChange={(event) => onChange(event.target.value)}>
        {none === undefined ? null : <option value="">{none}</option>}
        {value && !known ? <option value={value}>{value}</option> : null}
        {nodes.map((node) => (
          <option key={node.id} value={node.id}>
            {node.name}
          </option>
        ))}
      </select>
    </Small>
  );
}

interface ToolProps {
  readonly icon: string;
  readonly label: string;
  readonly disabled?: boolean;
  onClick(): void;
}

export function Tool({ icon, label, disabled = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className="btn ghost icon s"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} small />
    </button>
  );
}

export function Remove({ onClick }: { readonly onClick: () => void }) {
  return <Tool icon="x" label={t("Remove")} onClick={onClick} />;
}

export function Add({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="btn s" onClick={onClick}>
      <Icon name="plus" small />
      {label}
    </button>
  );
}
