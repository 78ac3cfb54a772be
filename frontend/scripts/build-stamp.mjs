// The stamp by which tests/docs/test_bundle.py knows that static/builder/ was built from this source.
//
// source_sha256 = SHA-256 over the inputs, sorted by path as UTF-8 text, each fed as
//   <path relative to frontend/, with "/">, one NUL byte, <content bytes>, one NUL byte.
// Inputs: every file below frontend/src/, and these files when they exist in frontend/:
//   index.html, vite.config.ts, tsconfig.json, package.json, package-lock.json,
//   scripts/build-stamp.mjs.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const SINGLE_FILES = [
  "index.html",
  "vite.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  "scripts/build-stamp.mjs",
];

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = resolve(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function sourceSha256() {
  const below = filesBelow(resolve(root, "src")).map((path) =>
    relative(root, path).split(sep).join("/"),
  );
  const paths = [...below, ...SINGLE_FILES.filter((name) => existsSync(resolve(root, name)))];
  const hash = createHash("sha256");
  for (const path of paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(resolve(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}
