import type { CallSetup } from "../api/simulations";

type Entry = CallSetup["entry"];

/** What the test call begins with: what was chosen, if the flow still has a start for it. */
export const entryOf = (offered: readonly Entry[], chosen: Entry): Entry =>
  offered.includes(chosen) ? chosen : (offered[0] ?? "inbound_call");
