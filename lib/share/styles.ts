/** Tailwind v4 over a project's style sheets and the classes that its sources name, as the frame does it (lib/runtime/styles.ts). */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { compile } from "tailwindcss";
import type { Files } from "#lib/project/files.ts";
import { classNamesIn } from "#lib/runtime/class-names.ts";
import { sheetsInOrder, sheetText } from "#lib/runtime/style-sheets.ts";

const OWN = new Map(
  ["index", "preflight", "theme", "utilities"].map((name): [string, string] => [
    name === "index" ? "tailwindcss" : `tailwindcss/${name}`,
    `tailwindcss/${name}.css`,
  ]),
);
const require = createRequire(import.meta.url);

/** Rejects with Tailwind's own words when a sheet does not compile. */
export async function stylesOf(files: Files, html: string, entry: string): Promise<string> {
  const order = sheetsInOrder(html, entry, (path) => files.get(path) ?? null);
  const compiler = await compile(order.map((path) => `@import ${JSON.stringify(path)};`).join("\n"), {
    base: "/src",
    loadStylesheet: (id, base) => load(files, id, base),
    loadModule: (id) => {
      throw new Error(
        `@plugin and @config run code ("${id}"), which the style sheets of a preview may not; @theme and @utility work`,
      );
    },
  });
  const named = new Set<string>();
  for (const [path, text] of files)
    if (/\.(?:[jt]sx?|html)$/.test(path)) for (const name of classNamesIn(text)) named.add(name);
  return compiler.build([...named]);
}

async function load(files: Files, id: string, base: string) {
  const own = OWN.get(id.replace(/\.css$/, ""));
  if (own !== undefined) return { path: id, base, content: await readFile(require.resolve(own), "utf8") };
  const path = new URL(id, `file://${base}/`).pathname;
  const source = files.get(path);
  if (source === undefined) throw new Error(`the style sheet "${id}" is not here`);
  return { path, base: path.slice(0, path.lastIndexOf("/")), content: sheetText(path, source) };
}
