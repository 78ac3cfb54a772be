import { t } from "../../i18n";
import type { Offered } from "../../model/extents";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";

interface Props {
  readonly label: string;
  readonly offered: readonly Offered[];
  readonly testId: string;
  onInsert(source: string): void;
}

/** Values a message can say, with an example of each. */
export function InsertMenu({ label, offered, testId, onInsert }: Props) {
  const groups = [
    { name: t("From the call"), rows: offered.filter(({ group }) => group === "call") },
    { name: t("From this flow"), rows: offered.filter(({ group }) => group === "flow") },
  ];
  return (
    <Menu label={label} icon="plus" className="insert" testId={testId}>
      {(close) => (
        <div className="offers">
          {groups.map(({ name, rows }) =>
            rows.length > 0 ? (
              <section key={name} aria-label={name}>
                <h3>{name}</h3>
                {rows.map(({ label: shown, source, sample }) => (
                  <Button
                    key={source}
                    className="mi"
                    look="ghost"
                    title={source}
                    onClick={() => {
                      close();
                      onInsert(source);
                    }}
                  >
                    <span className="grow">{shown}</span>
                    <span className="mono muted">{sample}</span>
                  </Button>
                ))}
              </section>
            ) : null,
          )}
        </div>
      )}
    </Menu>
  );
}
