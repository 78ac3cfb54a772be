import { t } from "../i18n";
import { Dialog } from "../ui/Dialog";

const KEYS: readonly (readonly [string, string])[] = [
  ["/  or  A", "Find and add an applet"],
  ["Tab", "Top bar, palette, canvas, properties"],
  ["Arrows", "Next applet along and across the connections"],
  ["Alt Arrows", "Move the applet (with Shift: further)"],
  ["1 … 9", "Follow that output"],
  ["C", "Connect the next free output: then choose, then Enter"],
  ["Enter", "Open the properties"],
  ["Esc", "Back, cancel, deselect"],
  ["Delete", "Delete what is selected"],
  ["Ctrl C  X  V  D", "Copy, cut, paste, duplicate"],
  ["Ctrl A", "Select everything"],
  ["Ctrl Z  /  Ctrl Shift Z", "Undo, redo"],
  ["Ctrl S", "Save now"],
  ["Shift L", "Tidy up"],
  ["Shift 1", "Fit the flow"],
  ["N", "Next issue"],
  ["T", "Test call"],
  ["Ctrl Enter", "Publish"],
];

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t("Keys")} onClose={onClose} className="wide">
      <dl className="keys">
        {KEYS.map(([keys, action]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(action)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
