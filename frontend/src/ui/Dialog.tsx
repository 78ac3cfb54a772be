import { type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../i18n";
import { Button } from "./Button";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly onClose: () => void;
  /** A dialog that must be answered has no close button and ignores Esc. */
  readonly mustAnswer?: boolean;
  readonly className?: string;
}

/** A native modal dialog: it traps the focus, closes on Esc and gives the focus back. */
export function Dialog({ title, children, footer, onClose, mustAnswer, className }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes; the click is a shortcut on the backdrop.
    <dialog
      ref={dialog}
      className={`dlg ${className ?? ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!mustAnswer) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !mustAnswer) onClose();
      }}
    >
      <div className="dlg-in">
        <header>
          <h2 id={titleId}>{title}</h2>
          {mustAnswer ? null : (
            <Button icon="x" look="ghost" label={t("Close")} onClick={onClose} />
          )}
        </header>
        <div className="dlg-bd">{children}</div>
        {footer ? <footer>{footer}</footer> : null}
      </div>
    </dialog>
  );
}
