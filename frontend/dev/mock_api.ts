/** Answers of the pretend server: one flow, a small registry, and calls that walk the draft. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Issue, WireGraph } from "../src/api/types";
import { messageNow, mockCalls } from "./mock_call.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, name), "utf-8"));

const TEMPLATE = "We missed your call to Acme. We will ring you back soon. Ref {#var#}.";
const flow = {
  id: "1",
  name: "Support line",
  draft: { graph: read("flow.json") as WireGraph, hash: "h1", updated: new Date().toISOString() },
  live: {
    number: 13,
    published: "2026-11-20T09:00:00Z",
    published_by: "Meera",
    note: "Sales rings longer",
  } as { number: number; published: string; published_by: string; note: string } | null,
  draft_differs: true,
  issues: [] as unknown[],
  numbers: ["+918047123300"],
  can_edit: true,
  can_publish: true,
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: requests of a pretend server.
export function answerApi(method: string, path: string, body: any): Answer {
  const ok = (value: unknown, status = 200): Answer => ({ status, body: value });
  const refuse = (status: number, code: string, message: string, context = {}): Answer => ({
    status,
    body: { error: { code, message, context } },
  });
  if (path === "/applets") return ok(read("catalogue.json"));
  if (path === "/flows/1" && method === "GET") return ok({ ...flow, issues: issuesOf() });
  if (path === "/flows/1" && method === "PATCH") {
    flow.name = body.name;
    return ok(flow);
  }
  if (path === "/flows/1/draft") {
    if (body.base_hash !== flow.draft.hash) {
      const { hash, updated } = flow.draft;
      return refuse(409, "flows.stale_draft", "Stale.", { hash, updated, updated_by: "Meera" });
    }
    const hash = `h${Number(flow.draft.hash.slice(1)) + 1}`;
    flow.draft = { graph: body.graph, hash, updated: new Date().toISOString() };
    return ok({ hash, updated: flow.draft.updated, issues: issuesOf() });
  }
  if (path === "/flows/1/publish") {
    const errors = issuesOf().filter((issue) => issue.severity === "error");
    if (errors.length > 0) {
      return refuse(422, "flows.not_publishable", "There are errors.", { issues: issuesOf() });
    }
    const number = (flow.live?.number ?? 0) + 1;
    flow.live = {
      number,
      published: new Date().toISOString(),
      published_by: "You",
      note: body.note,
    };
    return ok(flow.live);
  }
  if (path === "/dlt/entities") {
    return ok({
      entities: [
        { id: "1", pe_id: "1101234567890123456", name: "Acme Retail Pvt Ltd", state: "approved" },
      ],
    });
  }
  if (path === "/dlt/headers") {
    const header = { id: "1", kind: "other", entity: "1101234567890123456", state: "approved" };
    return ok({
      headers: [
        { ...header, value: "ACMECO" },
        { ...header, id: "2", value: "ACMEIN" },
      ],
    });
  }
  if (path === "/dlt/templates") return ok({ templates: templates() });
  if (path.startsWith("/dlt/templates/")) {
    const row = templates().find((one) => path.endsWith(one.template_id));
    return row ? ok(row) : refuse(404, "not_found", "There is no such template.");
  }
  if (path === "/dlt/match") return ok(recognise(body.body));
  if (path === "/dlt/check") return ok(check(body.body));
  if (path === "/sms/preview") return ok({ cost: "0.16", currency: "INR" });
  if (path.startsWith("/sms/")) return ok(messageNow(path.slice(5)));
  if (path.startsWith("/simulations")) return ok(mockCalls(path, body, flow.draft.graph), 201);
  return refuse(404, "not_found", `No ${method} ${path} here.`);
}

function issuesOf(): Issue[] {
  const { nodes, connections } = flow.draft.graph;
  return nodes.flatMap((node): Issue[] => {
    const issue = { node: node.id, port: null, setting: null, fix: null };
    if (node.type === "sms" && !node.settings.body) {
      const message = "The message body is empty.";
      return [
        { ...issue, severity: "error", code: "flows.setting_missing", message, setting: "body" },
      ];
    }
    if (
      node.type === "ivr" &&
      !connections.some((c) => c.from === node.id && c.port === "no_input")
    ) {
      const message = "“No key” goes nowhere: the call ends there.";
      return [{ ...issue, severity: "warning", code: "flows.loose", message, port: "no_input" }];
    }
    return [];
  });
}

function templates() {
  const base = {
    category: "service_implicit",
    content_type: "text",
    entity: "1101234567890123456",
  };
  const variables = [{ index: 1, tag: "var", limit: 30 }];
  return [
    {
      ...base,
      id: "1",
      template_id: "1107166184021950037",
      name: "Missed call alert",
      text: TEMPLATE,
      state: "approved",
      headers: ["ACMECO"],
      variables,
    },
    {
      ...base,
      id: "2",
      template_id: "1107166184021950038",
      name: "Order update",
      text: "Your order {#var#} is on its way. Acme",
      state: "pending",
      headers: ["ACMEIN"],
      variables,
    },
  ];
}

function recognise(body: string) {
  const rows = templates();
  const verdict = check(body);
  return verdict.match
    ? { matches: rows.slice(0, 1), nearest: [], compared: 1 }
    : { matches: [], nearest: [{ ...rows[0], ...verdict }], compared: 1 };
}

function check(sampled: string) {
  const [before = "", after = ""] = TEMPLATE.split("{#var#}");
  if (sampled.startsWith(before) && sampled.endsWith(after)) {
    return {
      match: true,
      variables: [{ index: 1, value: "x" }],
      problems: [],
    };
  }
  const position = [...before].findIndex((character, index) => sampled[index] !== character);
  return {
    match: false,
    variables: [],
    problems: [
      {
        code: "dlt.fixed_text",
        message: `Text differs from the template at character ${position + 1}.`,
        position: position + 1,
        expected: before.slice(position, position + 5),
        found: sampled.slice(position, position + 3),
      },
    ],
    suggestion: `${before}K7M2Q9XW4T${after}`,
  };
}
