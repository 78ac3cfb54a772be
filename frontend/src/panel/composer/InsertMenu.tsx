import { t } from "../../i18n";
import type { Offered } from "../../model/extents";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";

interface Props {
  readonly label: string;
  readonly offered: readonly Offered[];
  readonly testId: string;
  onInsert(offered: Offered): void;
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
                {rows.map((row) => (
                  <Button
                    key={row.source}
                    className="mi"
                    look="ghost"
                    title={row.source}
                    onClick={() => {
                      close();
                      onInsert(row);
                    }}
                  >
                    <span className="grow">{row.label}</span>
                    <span className="mono muted">{row.sample}</span>
                  </Button>
                ))}
              </section>
            ) : null,
          )}
          <p className="help">{t("Or type {name} or ${{ path }} yourself.")}</p>
        </div>
      )}
    </Menu>
  );
}
