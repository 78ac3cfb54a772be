import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { mockServer } from "./dev/mock_server.ts";
import { sourceSha256 } from "./scripts/build-stamp.mjs";

const OUT = resolve(import.meta.dirname, "../static/builder");

/** Writes BUILD.json beside the bundle, so that a test without Node can tell a stale bundle. */
function buildStamp(): Plugin {
  return {
    name: "build-stamp",
    apply: "build",
    closeBundle() {
      const stamp = `${JSON.stringify({ source_sha256: sourceSha256() }, null, 2)}\n`;
      writeFileSync(resolve(OUT, "BUILD.json"), stamp);
    },
  };
}

/** One bundle per kind of page; the manifest maps each name to its built files. */
const ENTRIES: Record<string, string> = {
  builder: "src/main.tsx",
  pages: "src/pages/main.ts",
  reports: "src/reports/main.ts",
};

function entries(): Record<string, string> {
  const paths = Object.entries(ENTRIES);
  return Object.fromEntries(
    paths.map(([name, file]) => [name, resolve(import.meta.dirname, file)]),
  );
}

export default defineConfig(({ command }) => ({
  root: command === "serve" ? resolve(import.meta.dirname, "dev") : import.meta.dirname,
  base: command === "serve" ? "/" : "./",
  publicDir: false,
  plugins: [react(), buildStamp(), mockServer()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap: false,
    target: "es2022",
    rolldownOptions: {
      input: entries(),
      output: {
        entryFileNames: "[name].[hash].js",
        chunkFileNames: "[name].[hash].js",
        assetFileNames: "[name].[hash][extname]",
      },
    },
  },
  test: { root: import.meta.dirname, include: ["src/**/*.test.ts"] },
}));
