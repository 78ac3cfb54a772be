// "5 minutes ago", as the server writes it too.

const UNITS: [seconds: number, name: string][] = [
  [31_536_000, "year"],
  [2_592_000, "month"],
  [604_800, "week"],
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
];

export function ago(then: Date, now: Date): string {
  const passed = (now.getTime() - then.getTime()) / 1000;
  for (const [seconds, name] of UNITS) {
    const count = Math.floor(passed / seconds);
    if (count >= 1) return `${count} ${name}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
