/** What is known about the flow beside its graph, and the catalogue it is made from. */
import { publishFlow, readFlow, renameFlow } from "../api/flows";
import type {
  Applet,
  Catalogue,
  Category,
  Issue,
  LiveVersion,
  ObjectInfo,
  PageData,
  ValueInfo,
  WireGraph,
} from "../api/types";
import { t } from "../i18n";
import { anticipate, stillTrue } from "../model/issues";
import { fromWire } from "../model/wire";
import type { Builder, GetBuilder, SetBuilder } from "./builder";
import { freshSave } from "./save_slice";

export interface FlowSlice {
  readonly flowId: string;
  readonly name: string;
  readonly live: LiveVersion | null;
  readonly draftDiffers: boolean;
  readonly numbers: readonly string[];
  readonly canEdit: boolean;
  readonly canPublish: boolean;
  /** An admin may publish despite DLT problems; others are told whom to ask. */
  readonly canOverride: boolean;
  readonly admins: string;
  /** What is wrong with the version that calls run. */
  readonly liveIssues: readonly Issue[];
  readonly applets: ReadonlyMap<string, Applet>;
  readonly categories: readonly Category[];
  /** Values that every call has. */
  readonly variables: readonly ValueInfo[];
  /** What expressions can read of a call, with their fields. */
  readonly objects: readonly ObjectInfo[];
  /** Of the account, by its IANA name. */
  readonly timeZone: string;
  /** The account's country: numbers without a country code are of it. */
  readonly region: string;
  readonly backUrl: string;
  readonly messagesUrl: string;
  /** Issues as the server listed them, and the graph it looked at. */
  readonly checked: { readonly issues: readonly Issue[]; readonly graph: WireGraph } | null;
  load(page: PageData): void;
  rename(name: string): Promise<void>;
  publish(note: string, reason?: string): Promise<void>;
  /** Ask the server anew what is wrong, after something changed that is not in the flow. */
  lookAgain(): Promise<void>;
}

export function createFlowSlice(set: SetBuilder, get: GetBuilder): FlowSlice {
  return {
    flowId: "",
    name: "",
    live: null,
    draftDiffers: false,
    numbers: [],
    canEdit: true,
    canPublish: true,
    canOverride: false,
    admins: "",
    liveIssues: [],
    applets: new Map(),
    categories: [],
    variables: [],
    objects: [],
    timeZone: "Asia/Kolkata",
    region: "IN",
    backUrl: "/flows/",
    messagesUrl: "/reports/sms/",
    checked: null,

    load: (page) => set(stateOf(page)),

    rename: async (name) => {
      const before = get().name;
      set({ name });
      try {
        await renameFlow(get().flowId, name);
      } catch (error) {
        set({ name: before });
        get().notify(t("The name was not changed: {reason}", { reason: reasonOf(error) }), "bad");
      }
    },

    publish: async (note, reason) => {
      const live = await publishFlow(get().flowId, note, reason);
      set({ live, draftDiffers: false, liveIssues: [] });
      get().notify(t("Version {number} is live.", { number: live.number }), "ok");
      await get().lookAgain();
    },

    lookAgain: async () => {
      const known = get().liveIssues.length;
      const flow = await readFlow(get().flowId).catch(() => null);
      if (!flow) return; // The next event asks again.
      const { save, graph, notify } = get();
      const liveIssues = flow.live_issues ?? [];
      set({ live: flow.live, liveIssues });
      if (flow.draft.hash === save.hash && graph === save.graph) {
        set({ checked: { issues: flow.issues, graph } });
      }
      const fresh = liveIssues.filter((issue) => !issue.overridden).length;
      if (fresh > 0 && liveIssues.length > known) {
        notify(t("A message of the live version can no longer be sent."), "bad");
      }
    },
  };
}

export const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

function stateOf({ flow, applets, variables, objects, account, urls }: PageData): Partial<Builder> {
  const catalogue = asCatalogue(applets);
  const graph = fromWire(flow.draft.graph);
  return {
    flowId: flow.id,
    name: flow.name,
    live: flow.live,
    draftDiffers: flow.draft_differs,
    numbers: flow.numbers,
    canEdit: flow.can_edit,
    canPublish: flow.can_publish,
    canOverride: flow.can_override ?? false,
    admins: flow.admins ?? "",
    liveIssues: flow.live_issues ?? [],
    applets: new Map(catalogue.applets.map((applet) => [applet.slug, applet])),
    categories: catalogue.categories,
    variables: variables ?? catalogue.variables ?? [],
    objects: objects ?? catalogue.objects ?? [],
    timeZone: account?.time_zone ?? "Asia/Kolkata",
    region: account?.region ?? "IN",
    backUrl: urls?.back ?? "/flows/",
    messagesUrl: urls?.messages ?? "/reports/sms/",
    graph,
    checked: { issues: flow.issues, graph },
    save: freshSave(graph, flow.draft.hash, Date.parse(flow.draft.updated)),
  };
}

const CATEGORIES: readonly Category[] = [
  { slug: "voice", label: "Voice" },
  { slug: "input", label: "Input and routing" },
  { slug: "connect", label: "Connect" },
  { slug: "message", label: "Message" },
  { slug: "logic", label: "Logic" },
  { slug: "end", label: "End" },
];

function asCatalogue(applets: PageData["applets"]): Catalogue {
  return "applets" in applets ? applets : { applets, categories: CATEGORIES };
}

/** What is wrong now: the server's word as far as it still holds, else what the client can tell. */
export function issuesOf({ checked, graph, applets }: Builder): Issue[] {
  return checked ? stillTrue(checked.issues, checked.graph, graph) : anticipate(graph, applets);
}
