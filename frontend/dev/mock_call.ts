/** Pretend calls: enough of an engine to play with the phone drawer. */
import type { WireGraph, WireNode } from "../src/api/types";

// biome-ignore lint/suspicious/noExplicitAny: a pretend engine over plain JSON.
type Any = any;

interface Call {
  readonly graph: WireGraph;
  readonly steps: Any[];
  readonly messages: string[];
  at: WireNode | undefined;
}

const calls = new Map<string, Call>();
const messages = new Map<string, Any>();

export function mockCalls(path: string, body: Any, graph: WireGraph) {
  const [, , sid] = path.split("/");
  if (!sid) {
    const entry = graph.nodes.find((node) => node.id === graph.entry);
    const id = `c${calls.size + 1}`;
    calls.set(id, { graph, steps: [], messages: [], at: entry });
    return walk(id, [{ type: "answer" }]);
  }
  const call = calls.get(sid) as Call;
  if (body.type === "hung_up") return answer(sid, [], null, "The caller hung up.");
  leave(call, body.type === "digits" ? portOfDigits(call, body.digits) : body.status);
  return walk(sid, []);
}

function portOfDigits({ at }: Call, digits: string): string {
  if (digits === "") return "no_input";
  const choices = (at?.settings.choices ?? []) as { digit: string }[];
  return choices.some((choice) => choice.digit === digits) ? digits : "no_match";
}

function leave(call: Call, port: string): void {
  const from = call.at?.id;
  call.steps[call.steps.length - 1] = { ...call.steps.at(-1), port };
  const to = call.graph.connections.find((c) => c.from === from && c.port === port)?.to;
  call.at = call.graph.nodes.find((node) => node.id === to);
}

function walk(sid: string, instructions: Any[]) {
  const call = calls.get(sid) as Call;
  while (call.at) {
    const node = call.at;
    const step = { index: call.steps.length, node: node.id, applet: node.type, name: node.name };
    call.steps.push({ ...step, port: null, ms: 2, note: null, skipped: false });
    const settings = node.settings as Any;
    if (node.type === "ivr") {
      const prompt = { type: "say", text: settings.prompt, language: settings.language };
      instructions.push({ type: "gather", prompt, max_digits: 1, timeout_seconds: 5 });
      return answer(sid, instructions, "digits");
    }
    if (node.type === "connect") {
      instructions.push({ type: "dial", targets: settings.to, ring_seconds: 25 });
      return answer(sid, instructions, "dial_ended");
    }
    if (node.type === "hangup") {
      return answer(sid, [...instructions, { type: "hangup" }], null, "The flow hung up.");
    }
    if (node.type === "greeting") instructions.push({ type: "say", text: settings.say });
    if (node.type === "sms") call.messages.push(send(settings));
    leave(call, node.type === "passthru" ? "ok" : "next");
  }
  return answer(sid, instructions, null, "The path ends here.");
}

function send(settings: Any): string {
  const sid = `m${messages.size + 1}`;
  const body = String(settings.body).replaceAll("{CallRef}", "K7Q2M9XA4C");
  const refused = !body.startsWith("We missed");
  const position = 4;
  messages.set(sid, {
    sid,
    to: "+919876543210",
    from: settings.sender_id,
    body,
    status: refused ? "error" : "created",
    error: refused
      ? { code: "dlt.template_mismatch", message: "Text differs from template at character 4." }
      : null,
    parts: 1,
    encoding: "gsm",
    cost: "0.16",
    currency: "INR",
    born: Date.now(),
    dlt: refused
      ? { problems: [{ message: "Text differs from template at character 4.", position }] }
      : null,
  });
  return sid;
}

const WALK = ["created", "pending", "sent", "remote-queued", "delivered"];

export function messageNow(sid: string) {
  const message = messages.get(sid);
  if (!message || message.error) return message;
  const stage = Math.min(WALK.length - 1, Math.floor((Date.now() - message.born) / 1500));
  return { ...message, status: WALK[stage] };
}

function answer(sid: string, instructions: Any[], waitsFor: string | null, reason?: string) {
  const call = calls.get(sid) as Call;
  return {
    sid,
    instructions,
    steps: [...call.steps],
    messages: call.messages.map(messageNow),
    ended: waitsFor === null,
    ended_reason: reason ?? null,
    waiting_for: waitsFor,
  };
}
