import { type ReactNode, useState } from "react";
import { t } from "../../i18n";
import { lengthOf } from "../../model/extents";
import type { Shape } from "../../model/template";
import type { Judged } from "../../model/worst_case";
import { Icon } from "../../ui/Icon";

interface Props {
  readonly shape: Shape;
  readonly judged: readonly Judged[];
  readonly header: string;
  readonly category: string;
}

const SUFFIXES: Readonly<Record<string, readonly [string, string]>> = {
  promotional: ["P", "promotional"],
  service_implicit: ["S", "service"],
  service_explicit: ["S", "service"],
  transactional: ["T", "transactional"],
  government: ["G", "government"],
};

/** The message as the receiver's telephone will show it. */
export function Preview({ shape, judged, header, category }: Props) {
  const [longest, setLongest] = useState(false);
  const [letter, kind] = SUFFIXES[category] ?? ["S", "service"];
  const shown = header || t("HEADER");
  return (
    <section className="handset" aria-label={t("On the handset")} data-testid="preview">
      <div className="handset-top">
        <h3>
          <Icon name="smartphone" small />
          {t("On the handset")}
        </h3>
        <label className="tiny">
          <input
            type="checkbox"
            checked={longest}
            onChange={(event) => setLongest(event.target.checked)}
          />
          {t("longest values")}
        </label>
      </div>
      <article className="sms">
        <header>
          <b className="mono" title={suffixText(letter, kind)} data-testid="preview-header">
            {`XY-${shown}-${letter}`}
          </b>
        </header>
        <p className="body" data-testid="preview-body">
          {pieces(shape, judged, longest)}
        </p>
      </article>
      <p className="help">{suffixText(letter, kind)}</p>
    </section>
  );
}

const suffixText = (letter: string, kind: string) =>
  t("XY stands for the sender’s operator and circle; {letter} says that it is a {kind} message.", {
    letter,
    kind: t(kind),
  });

function pieces({ raw }: Shape, judged: readonly Judged[], longest: boolean): ReactNode[] {
  return raw.map((part, index) => {
    if (typeof part === "string") return part;
    const here = judged.find(({ slot }) => slot === part);
    const sample = here?.extent.sample ?? "";
    const missing = (here?.extent.most ?? part.limit) - lengthOf(sample);
    const text = longest ? sample + "…".repeat(Math.max(0, missing)) : sample;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text.
      <mark key={index}>{text || t("variable {n}", { n: part.first })}</mark>
    );
  });
}
