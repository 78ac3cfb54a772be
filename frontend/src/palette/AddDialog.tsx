import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Dialog } from "../ui/Dialog";
import { PaletteList } from "./PaletteList";
import { showAdded, useAddInView } from "./useAddInView";

/** The palette as a sheet: for narrow screens, and where an output was let go over nothing. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const offer = useBuilder((state) => state.offer);
  const addInView = useAddInView();
  const choose = (slug: string) => {
    onClose();
    if (!offer) return addInView(slug);
    builder().addApplet(slug, { from: offer.from, at: { x: offer.at.x, y: offer.at.y - 24 } });
    showAdded();
  };
  return (
    <Dialog title={t("Add an applet")} onClose={onClose} className="sheet pal-sheet">
      <PaletteList onChoose={choose} autoFocus={!window.matchMedia("(pointer: coarse)").matches} />
    </Dialog>
  );
}
