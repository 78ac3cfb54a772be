import { t } from "../i18n";
import { type Drawing, type Expected, nextPlace, type Place, type Step } from "./document";
import { NodeBox, Part, Remove } from "./parts";

interface Props {
  readonly path: NonNullable<Expected["path"]> | null;
  readonly drawing: Drawing;
  readonly entry: string;
  onChange(path: NonNullable<Expected["path"]> | null): void;
}

/** The expected path, built by clicking the way out of one applet after the other. */
export function PathPart({ path, drawing, entry, onChange }: Props) {
  const steps = path?.steps ?? [];
  const exact = path?.exact ?? false;
  const next = nextPlace(steps, drawing, entry);
  const set = (changed: readonly Step[]) =>
    onChange(changed.length > 0 ? { exact, steps: changed } : null);
  return (
    <Part title={t("Expected path")}>
      <fieldset className="seg" aria-label={t("How the path is compared")}>
        {[false, true].map((value) => (
          <button
            key={String(value)}
            type="button"
            aria-pressed={exact === value}
            onClick={() => onChange({ exact: value, steps })}
          >
            {value ? t("Exactly these steps") : t("Passes through these")}
          </button>
        ))}
      </fieldset>
      <ol className="trail">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one step may stand there twice.
          <li key={index}>
            <span className="grow">{shown(step, drawing)}</span>
            <Remove onClick={() => set(steps.filter((_, place) => place !== index))} />
          </li>
        ))}
      </ol>
      <Next place={next} onStep={(step) => set([...steps, step])} />
      <NodeBox
        label={t("Or go on at another applet")}
        nodes={drawing.nodes}
        value=""
        none={t("Choose an applet")}
        onChange={(node) => node && set([...steps, { node, port: "" }])}
      />
      {steps.length > 0 ? <Leaving steps={steps} drawing={drawing} onChange={set} /> : null}
    </Part>
  );
}

interface NextProps {
  readonly place: Place | undefined;
  onStep(step: Step): void;
}

function Next({ place, onStep }: NextProps) {
  if (!place) return null;
  return (
    <div className="next">
      <span className="small">
        {t("Next is {name}. It is left through:", { name: place.name })}
      </span>
      <div className="add">
        {place.ports.map((port) => (
          <button
            key={port.port}
            type="button"
            className="btn s"
            onClick={() => onStep({ node: place.id, port: port.port })}
          >
            {port.label}
          </button>
        ))}
        {place.ports.length === 0 ? (
          <button
            type="button"
            className="btn s"
            onClick={() => onStep({ node: place.id, port: "" })}
          >
            {t("The end")}
          </button>
        ) : null}
      </div>
    </div>
  );
}

interface LeavingProps {
  readonly steps: readonly Step[];
  readonly drawing: Drawing;
  onChange(steps: readonly Step[]): void;
}

/** After an applet was chosen by name, its way out may be chosen too. */
function Leaving({ steps, drawing, onChange }: LeavingProps) {
  const last = steps.at(-1);
  const place = drawing.nodes.find((node) => node.id === last?.node);
  if (!last || last.port || !place || place.ports.length === 0) return null;
  return <Next place={place} onStep={(step) => onChange([...steps.slice(0, -1), step])} />;
}

function shown(step: Step, drawing: Drawing): string {
  const place = step.flow ? undefined : drawing.nodes.find((node) => node.id === step.node);
  const name = place?.name ?? step.node;
  const label = place?.ports.find((port) => port.port === step.port)?.label ?? step.port;
  return label ? `${name} → ${label}` : name;
}
