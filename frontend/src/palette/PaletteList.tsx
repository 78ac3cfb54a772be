import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Applet } from "../api/types";
import { t } from "../i18n";
import { useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";
import { colourOf } from "../ui/look";

interface Props {
  /** `typed`: chosen by Enter in the search. */
  readonly onChoose: (slug: string, typed: boolean) => void;
  readonly onPointerDown?: (event: PointerEvent<HTMLElement>, applet: Applet) => void;
  readonly autoFocus?: boolean;
}

/** The applets by category, with a search that Enter finishes. */
export function PaletteList({ onChoose, onPointerDown, autoFocus = false }: Props) {
  const applets = useBuilder((state) => state.applets);
  const categories = useBuilder((state) => state.categories);
  const canEdit = useBuilder((state) => state.canEdit);
  const [query, setQuery] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const found = [...applets.values()].filter((applet) => matches(applet, query));

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const stops = [...(list.current?.querySelectorAll<HTMLElement>("input, button.pi") ?? [])];
    const index = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.min(stops.length - 1, Math.max(0, index + step))]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk the buttons inside.
    <div ref={list} onKeyDown={onKeyDown}>
      <label className="in find">
        <Icon name="search" small />
        <span className="vh">{t("Find an applet")}</span>
        <input
          type="search"
          data-palette-search
          placeholder={t("Find an applet")}
          value={query}
          data-first={autoFocus || undefined}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && found[0] && query !== "") {
              setQuery("");
              onChoose(found[0].slug, true);
            }
            if (event.key === "/" && query === "") event.preventDefault();
            if (event.key === "Escape" && query !== "") {
              event.preventDefault();
              event.stopPropagation();
              setQuery("");
            }
          }}
        />
        <kbd>/</kbd>
      </label>
      {categories.map((category) => {
        const members = found.filter((applet) => applet.category === category.slug);
        if (members.length === 0) return null;
        return (
          <section key={category.slug} aria-label={category.label}>
            <h2>{category.label}</h2>
            {members.map((applet) => (
              <button
                key={applet.slug}
                type="button"
                className="pi"
                style={colourOf(applet)}
                title={applet.description}
                data-testid={`palette-${applet.slug}`}
                disabled={!canEdit}
                onClick={() => onChoose(applet.slug, false)}
                onPointerDown={onPointerDown && ((event) => onPointerDown(event, applet))}
              >
                <span className="tile">
                  <Icon name={applet.icon} />
                </span>
                <span className="grow">{applet.label}</span>
                <span className="g">
                  <Icon name="grip-vertical" small />
                </span>
              </button>
            ))}
          </section>
        );
      })}
      {found.length === 0 ? (
        <p className="help">{t("No applet is called “{query}”.", { query })}</p>
      ) : null}
    </div>
  );
}

function matches({ label, description, slug }: Applet, query: string): boolean {
  return `${label} ${description} ${slug}`.toLowerCase().includes(query.trim().toLowerCase());
}
