/** The dependency rule of the codebase, as a test. Read `may` top to bottom: it is the flow (design §3). */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** `types:` before a folder: only `import type` may name it. */
const may: Record<string, string[]> = {
  // core: pure, runs anywhere
  "lib/project": [],
  "lib/prompt": ["lib/project"],
  "lib/edit": ["lib/project"],
  "lib/document": ["lib/edit", "lib/project", "yjs", "types:lib/wire"],
  "lib/wire": ["lib/edit", "lib/project", "lib/document", "valibot"],
  // In workers of the code drawer.
  "lib/language": ["lib/project", "@ts-morph/common", "prettier"],
  // server
  "lib/model": [
    "lib/project",
    "lib/prompt",
    "undici",
    "eventsource-parser",
    "ws",
    "@ai-sdk/anthropic",
    "node:",
  ],
  "lib/turn": ["lib/prompt", "lib/model", "lib/edit", "lib/document", "lib/project"],
  "lib/storage": ["lib/document", "lib/project", "drizzle-orm", "@electric-sql/pglite", "postgres", "node:"],
  "lib/packages": ["lib/project", "esbuild", "node:"],
  // Of the runtime only what is pure: how imports, style sheets and class names are read.
  "lib/share": [
    "lib/project",
    "lib/runtime/resolve.ts",
    "lib/runtime/style-sheets.ts",
    "lib/runtime/css-modules.ts",
    "lib/runtime/class-names.ts",
    "esbuild",
    "tailwindcss",
    "node:",
  ],
  "lib/room": [
    "lib/share",
    "lib/turn",
    "lib/storage",
    "lib/document",
    "lib/edit",
    "lib/wire",
    "lib/prompt",
    "lib/project",
    "types:lib/model",
    "types:lib/packages",
    "socket.io",
    "engine.io",
    "ioredis",
    "nanoid",
    "sucrase",
    "node:",
  ],
  "lib/http": [
    "lib/share",
    "types:lib/model",
    "types:lib/packages",
    "types:lib/storage",
    "lib/project",
    "uqr",
    "valibot",
    "node:",
    "types:next",
  ],
  // browser
  "lib/client": [
    "lib/wire",
    "lib/document",
    "lib/project",
    "react",
    "socket.io-client",
    "@tanstack/react-query",
    "idb",
    "yjs",
    "nanoid",
    "types:lib/storage",
    "types:lib/language",
  ],
  "lib/preview": [
    "lib/document",
    // Which texts stand as such in a source: only those may be edited in a page.
    "lib/edit",
    "lib/project",
    "lib/wire",
    "react",
    "@codesandbox/sandpack-react",
    "@noble/hashes",
  ],
  // inside the preview frame
  "lib/runtime": [
    "lib/preview/protocol.ts",
    "lib/edit",
    "lib/project",
    "react",
    "react-dom",
    "react-refresh",
    "sucrase",
    "tailwindcss",
    "clsx",
    "tailwind-merge",
  ],
  components: [
    "lib/client",
    "lib/preview",
    "lib/project",
    "lib/wire",
    "types:lib/document",
    "types:lib/language",
    "types:lib/storage",
    "react",
    "react-dom",
    "next",
    "radix-ui",
    "lucide-react",
    "sonner",
    "cmdk",
    "clsx",
    "@codemirror",
    "@lezer/highlight",
    "uqr",
    "y-codemirror.next",
    "yjs",
    "@tanstack/react-query",
  ],
  app: ["components", "lib/client", "lib/storage", "lib/project", "react", "next", "node:"],
};

const root = join(import.meta.dirname, "..");
// Static, type-only, multi-line, side-effect and re-exporting imports; then dynamic ones and import types.
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

// Files that write code hold it in template literals: what stands there is text, not an import of ours.
const TEMPLATE = /`(?:\\[\s\S]|[^`\\])*`/g;

type Import = { spec: string; typeOnly: boolean };

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), "utf8").replace(TEMPLATE, "``");
  return [...source.matchAll(IMPORT)].map((match) => {
    const raw = match[2] ?? match[3] ?? "";
    const spec = raw.startsWith(".") ? normalize(join(dirname(file), raw)) : raw.replace(/^#/, "");
    return { spec, typeOnly: match[1] !== undefined };
  });
}

function within(spec: string, folder: string): boolean {
  return spec === folder || spec.startsWith(folder.endsWith(":") ? folder : `${folder}/`);
}

function isAllowed({ spec, typeOnly }: Import, folder: string, allowed: string[]): boolean {
  const local = within(spec, folder) || (folder === "app" && spec.endsWith(".css"));
  return (
    local ||
    allowed.some((rule) =>
      rule.startsWith("types:") ? typeOnly && within(spec, rule.slice(6)) : within(spec, rule),
    )
  );
}

function sourcesOf(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
}

test.each(Object.entries(may))("%s imports only what it may", (folder, allowed) => {
  const files = sourcesOf(folder);
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((each) => !isAllowed(each, folder, allowed))
      .map(({ spec }) => `${file} → ${spec}`),
  );
  expect(files).not.toEqual([]);
  expect(wrong).toEqual([]);
});

test("every folder of lib stands in the table", () => {
  const folders = readdirSync(join(root, "lib")).filter((name) =>
    statSync(join(root, "lib", name)).isDirectory(),
  );
  expect(folders.map((name) => `lib/${name}`).filter((name) => !(name in may))).toEqual([]);
});

test("every file that an import names by path exists", () => {
  const missing = Object.keys(may).flatMap((folder) =>
    sourcesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter(({ spec }) => /^(lib|components|app)\//.test(spec) && !existsSync(join(root, spec)))
        .map(({ spec }) => `${file} → ${spec}`),
    ),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['import type { Edit } from "../edit/types.ts";', true],
  ['import {\n  a,\n  b,\n} from "../edit/parser.ts";', false],
  ['export * from "../edit/parser.ts";', false],
  ['import "../edit/parser.ts";', false],
  ['const late = await import("../edit/parser.ts");', false],
])("the reader of imports sees %j", (source, typeOnly) => {
  const [match] = [...source.matchAll(IMPORT)];
  expect(match?.[2] ?? match?.[3]).toMatch(/^\.\.\/edit\//);
  expect(match?.[1] !== undefined).toBe(typeOnly);
});
