const SPRITE = document.documentElement.dataset.sprite ?? "/static/icons/sprite.svg";

interface Props {
  readonly name: string;
  readonly small?: boolean;
}

/** A picture that says nothing by itself: the text beside it, or the control's label, does. */
export function Icon({ name, small = false }: Props) {
  return (
    <svg className={small ? "i s" : "i"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <use href={`${SPRITE}#${name}`} />
    </svg>
  );
}
