/** The JSON the server speaks, as promised by the design's HTTP surface. */

export interface WireNode {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly name: string;
  readonly settings: Settings;
}

export interface WireConnection {
  readonly from: string;
  readonly port: string;
  readonly to: string;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface WireNote {
  readonly node: string;
  readonly text: string;
}

/** What begins a walk through a flow. */
export type EntryKind = "inbound_call" | "inbound_sms" | "api" | "after_call";

/** A flow as it is stored: schema 1 of the wire format. */
export interface WireGraph {
  readonly schema: number;
  readonly entry: string | null;
  /** Where other things than calls begin. */
  readonly entries?: Readonly<Partial<Record<Exclude<EntryKind, "inbound_call">, string>>>;
  readonly nodes: readonly WireNode[];
  readonly connections: readonly WireConnection[];
  readonly layout: Readonly<Record<string, Place>>;
  readonly notes: readonly WireNote[];
}

export type Settings = Readonly<Record<string, unknown>>;

export type PortRule =
  | {
      readonly kind: "fixed";
      readonly name: string;
      readonly label: string;
      readonly when?: ShowWhen;
    }
  | {
      readonly kind: "each";
      readonly setting: string;
      readonly key: string;
      readonly label: string;
      readonly when?: ShowWhen;
    };

export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly widget?: string;
  readonly group?: string;
  readonly placeholder?: string;
  readonly show_when?: ShowWhen;
  readonly options?: readonly { readonly value: unknown; readonly label: string }[];
  /** Rows that can be added with one click; what is in them is known to the widget. */
  readonly ready_made?: readonly Readonly<Record<string, unknown>>[];
}

export interface ShowWhen {
  readonly setting: string;
  readonly equals: unknown;
}

export interface Applet {
  readonly slug: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
  readonly category: string;
  readonly icon: string;
  readonly color?: string;
  readonly ports: readonly PortRule[];
  readonly schema: JsonSchema;
  readonly required?: readonly string[];
  readonly defaults: Settings;
  readonly summary: string;
  readonly waits?: boolean;
  /** Variables it sets. */
  readonly collects?: readonly ValueInfo[];
  /** What later texts find under `nodes.<its name>`. */
  readonly leaves?: readonly ValueInfo[];
}

/** A value that texts can use, and what it can be during a call. */
export interface ValueInfo {
  readonly name: string;
  readonly label: string;
  readonly sample: string;
  /** Null: nobody can say before the call. */
  readonly longest: number | null;
  /** Every character it can have; null: any. */
  readonly characters: string | null;
  /** The setting of the node that says how long it gets in this flow. */
  readonly longest_by?: string;
}

/** An object that expressions can read. */
export interface ObjectInfo {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly ValueInfo[];
}

export interface Category {
  readonly slug: string;
  readonly label: string;
}

export interface Catalogue {
  readonly applets: readonly Applet[];
  readonly categories: readonly Category[];
  readonly variables?: readonly ValueInfo[];
  readonly objects?: readonly ObjectInfo[];
}

export type Severity = "error" | "warning" | "hint";

export interface Issue {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly node: string | null;
  readonly port: string | null;
  readonly setting: string | null;
  readonly fix?: string | null;
  /** An admin may publish all the same: the registries object, the flow itself runs. */
  readonly overridable?: boolean;
  /** Of the live version: an admin published it knowing of this. */
  readonly overridden?: boolean;
}

/** By whom and why a version was published despite DLT problems. */
export interface Override {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly count: number;
}

export interface LiveVersion {
  readonly number: number;
  readonly published?: string;
  readonly published_by?: string | null;
  readonly note?: string;
  readonly override?: Override | null;
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly draft: { readonly graph: WireGraph; readonly hash: string; readonly updated: string };
  readonly live: LiveVersion | null;
  readonly draft_differs: boolean;
  readonly issues: readonly Issue[];
  /** What is wrong with the version that calls run. */
  readonly live_issues?: readonly Issue[];
  readonly numbers: readonly string[];
  readonly can_edit: boolean;
  readonly can_publish: boolean;
  readonly can_override?: boolean;
  /** Whom to ask for an override: "Ravi Menon or Leela Rao". */
  readonly admins?: string;
}

export interface SavedDraft {
  readonly hash: string;
  readonly updated: string;
  readonly issues: readonly Issue[];
  readonly draft_differs?: boolean;
  /** The draft as it is now, when another's changes were merged into what was sent. */
  readonly graph?: WireGraph;
  readonly merged_with?: string;
  /** New ids of applets whose id the other had given to one of theirs. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** What two people changed differently, in words for two columns. */
export interface Conflict {
  readonly key: string;
  readonly name: string;
  readonly rows: readonly {
    readonly title: string;
    readonly mine: string;
    readonly theirs: string;
  }[];
}

/** What a save needs when the draft is another by now: where it began from, and what was chosen. */
export interface Merging {
  readonly base: WireGraph;
  readonly theirs_hash?: string;
  readonly choices?: Readonly<Record<string, "mine" | "theirs">>;
}

export interface Changes {
  readonly sentences: readonly string[];
}

export interface PageData {
  readonly flow: Flow;
  readonly applets: Catalogue | readonly Applet[];
  readonly variables?: readonly ValueInfo[];
  readonly objects?: readonly ObjectInfo[];
  readonly user?: { readonly name: string; readonly initials?: string };
  readonly account?: {
    readonly name: string;
    readonly region?: string;
    readonly currency?: string;
    readonly time_zone?: string;
  };
  readonly urls?: { readonly back?: string; readonly messages?: string; readonly sprite?: string };
}
