// Gather icons/*.svg into static/icons/sprite.svg: one symbol per file, named after it.
// Run `npm run icons` after adding an icon; the sprite is committed.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const icons = resolve(here, "../icons");
const target = resolve(here, "../../static/icons");

function symbolOf(file) {
  const name = file.replace(/\.svg$/, "");
  const source = readFileSync(resolve(icons, file), "utf-8");
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(source)?.[1];
  if (inner === undefined) throw new Error(`${file} is not an SVG`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
}

const files = readdirSync(icons)
  .filter((file) => file.endsWith(".svg"))
  .sort();
mkdirSync(target, { recursive: true });
writeFileSync(
  resolve(target, "sprite.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC and MIT: see LICENSE beside this file -->\n${files.map(symbolOf).join("\n")}\n</svg>\n`,
);
copyFileSync(resolve(icons, "LICENSE"), resolve(target, "LICENSE"));
