/** A pretend server for work on the canvas alone: `npm run dev`. Not part of the built bundle. */
import { createReadStream, existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { answerApi } from "./mock_api.ts";

const FRONTEND = resolve(import.meta.dirname, "..");
const STATIC = resolve(FRONTEND, "../static");
const TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

export function mockServer(): Plugin {
  return {
    name: "mock-server",
    apply: "serve",
    transformIndexHtml: (html) => html.replace("/__FRONTEND__", FRONTEND),
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (path.startsWith("/static/")) sendFile(path, response);
        else if (path.startsWith("/api/v1/")) void sendApi(request, response, path);
        else next();
      });
    },
  };
}

function sendFile(path: string, response: ServerResponse): void {
  const file = resolve(STATIC, `.${path.slice("/static".length)}`);
  const extension = file.split(".").at(-1) ?? "";
  if (!file.startsWith(STATIC) || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[extension] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

async function sendApi(request: IncomingMessage, response: ServerResponse, path: string) {
  let text = "";
  for await (const chunk of request) text += chunk;
  const body = text === "" ? {} : JSON.parse(text);
  const answer = answerApi(request.method ?? "GET", path.slice("/api/v1".length), body);
  response.writeHead(answer.status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(answer.body));
}
