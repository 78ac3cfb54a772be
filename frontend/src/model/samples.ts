/** Likely values of the variables, to count and show a message before there is a call. */

const SAMPLES: Readonly<Record<string, string>> = {
  CallFrom: "+919876543210",
  CallTo: "+918047123300",
  CallSid: "8f2c4be1a0d94c3f9be7c2a1d5e60b71",
  CallRef: "K7Q2M9XA4C",
  DateTime: "2026-11-21 10:30",
};

export const VARIABLES = Object.keys(SAMPLES).map((name) => `{${name}}`);

export function withSamples(body: string): string {
  return body.replace(/\{(\w+)\}/g, (whole, name: string) => SAMPLES[name] ?? whole);
}

/** Put the variables of `body` back into a text that was made from `sampled`, its sampled form. */
export function unsample(body: string, sampled: string, text: string): string {
  const parts = body.split(/(\{\w+\})/);
  const pattern = parts
    .map((part, index) =>
      index % 2 === 1 ? "([\\s\\S]+?)" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    )
    .join("");
  const values = new RegExp(`^${pattern}$`).exec(sampled)?.slice(1);
  if (!values) return text;
  const variables = parts.filter((_, index) => index % 2 === 1);
  return variables.reduce((done, variable, index) => {
    const value = values[index];
    return value ? done.replace(value, variable) : done;
  }, text);
}
