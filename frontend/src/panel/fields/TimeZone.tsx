import { useMemo } from "react";
import { t } from "../../i18n";
import { allZones, localClock } from "../../model/local_time";
import { useBuilder } from "../../store/builder";
import { Combo } from "./Combo";
import { FieldFrame } from "./FieldFrame";
import type { FieldProps } from "./field";

/** A time zone by its IANA name; left empty it is the workspace's. */
export function TimeZone(props: FieldProps) {
  const account = useBuilder((state) => state.timeZone);
  const zones = useMemo(allZones, []);
  const now = Date.now();
  return (
    <FieldFrame {...props}>
      <Combo
        {...props}
        placeholder={t("{zone}, the workspace's", { zone: account })}
        choices={zones.map((zone) => ({
          value: zone,
          words: zone.replaceAll("_", " "),
          content: (
            <>
              <span className="grow">{zone.replaceAll("_", " ")}</span>
              <span className="mono muted">{localClock(now, zone)}</span>
            </>
          ),
        }))}
        onChoose={props.onChange}
      />
    </FieldFrame>
  );
}
