import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import { colourOf } from "../ui/look";
import { PaletteList } from "./PaletteList";
import { useAddInView } from "./useAddInView";
import { useDragOut } from "./useDragOut";

/** Beside the canvas: what a flow can be made of. */
export function Palette() {
  const { ghost, onPointerDown, isClick } = useDragOut();
  const add = useAddInView();
  return (
    <aside className="pal" aria-label={t("Applets")}>
      <PaletteList
        onChoose={(slug, typed) => (typed || isClick()) && add(slug, typed)}
        onPointerDown={onPointerDown}
      />
      {ghost ? (
        <div
          className="dragged"
          style={{ ...colourOf(ghost.applet), left: ghost.at.x, top: ghost.at.y }}
        >
          <span className="tile">
            <Icon name={ghost.applet.icon} />
          </span>
          {ghost.applet.label}
        </div>
      ) : null}
    </aside>
  );
}
