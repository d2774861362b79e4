/**
 * An installed package → one script for browsers that puts its modules into the runtime's registry (lib/runtime/packages.ts).
 * React is the runtime's own: two copies would not know each other's hooks. esbuild reads the files and runs none of them.
 */
import { realpath } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { sep } from "node:path";
import type { BuildFailure, BuildOptions, Plugin } from "esbuild";
import { megabytes } from "./install.ts";
import type { Refusal } from "./types.ts";

const SHARED = new Set([
  "react",
  "react-dom",
  "react-dom/client",
  "react/jsx-runtime",
  "react/jsx-dev-runtime",
  "react/compiler-runtime",
]);
const ASSETS = [
  "woff2",
  "woff",
  "ttf",
  "eot",
  "otf",
  "svg",
  "png",
  "jpg",
  "jpeg",
  "gif",
  "webp",
  "avif",
  "mp3",
];

const ENTRY = "triptych:added";
const ENTRY_ONLY = /^triptych:added$/;

/** `folder` holds `node_modules`; `modules` are those that the script brings. */
export async function bundle(
  folder: string,
  modules: string[],
  limitBytes: number,
): Promise<{ ok: true; script: Buffer } | Refusal> {
  const root = await realpath(folder);
  const { build } = await import("esbuild");
  try {
    const { outputFiles = [] } = await build({
      ...optionsFor(root),
      entryPoints: [ENTRY],
      plugins: [entry(root, modules), sharedReact, within(root)],
    });
    const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
    const script = Buffer.from(`${stylesOf(modules, textOf(".css"))}${textOf(".js")}`);
    if (script.byteLength <= limitBytes) return { ok: true, script };
    const detail = `${megabytes(script.byteLength)} of at most ${megabytes(limitBytes)}`;
    return { ok: false, code: "package-too-large", detail };
  } catch (error) {
    return explain(error as Partial<BuildFailure>);
  }
}

function optionsFor(root: string): BuildOptions & { write: false } {
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: root,
    format: "iife",
    platform: "browser",
    target: "chrome120",
    minify: true,
    jsx: "automatic",
    // The development build of React is what runs.
    define: { "process.env.NODE_ENV": '"development"', global: "globalThis" },
    loader: { ".js": "jsx", ...Object.fromEntries(ASSETS.map((ending) => [`.${ending}`, "dataurl"])) },
    // Settings of a project above the cache are none of this package's business.
    tsconfigRaw: "{}",
    logLevel: "silent",
  };
}

/** All modules are in the registry before the page hears of any. */
function entryFor(modules: string[]): string {
  const imports = modules.map((name, index) => `import * as m${index} from ${JSON.stringify(name)};`);
  const entries = modules.map((name, index) => `${JSON.stringify(name)}: m${index}`);
  return `${imports.join("\n")}\nwindow.__triptychPackages.add({ ${entries.join(", ")} });`;
}

/** The sheets that the package's own scripts import belong to each of its modules. */
function stylesOf(modules: string[], css: string): string {
  if (css === "") return "";
  return `window.__triptychPackages.style(${JSON.stringify(modules)}, ${JSON.stringify(css)});\n`;
}

const sharedReact: Plugin = {
  name: "shared-react",
  setup(build) {
    build.onResolve({ filter: /^react(?:-dom)?(?:\/|$)/ }, ({ path }) =>
      SHARED.has(path) ? { path, namespace: "shared" } : null,
    );
    build.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = window.__triptychPackages.modules[${JSON.stringify(path)}];`,
    }));
  },
};

/** A style sheet among the modules ("swiper/css") is its text: it shows when a file of the project imports it. */
function entry(root: string, modules: string[]): Plugin {
  return {
    name: "entry",
    setup(build) {
      build.onResolve({ filter: ENTRY_ONLY }, ({ path }) => ({ path, namespace: "entry" }));
      build.onLoad({ filter: /.*/, namespace: "entry" }, () => ({
        contents: entryFor(modules),
        resolveDir: root,
      }));
      build.onResolve({ filter: /.*/, namespace: "entry" }, async ({ path, kind }) => {
        const found = await build.resolve(path, { resolveDir: root, kind });
        return found.path.endsWith(".css") ? { path: found.path, namespace: "sheet" } : found;
      });
      build.onLoad({ filter: /.*/, namespace: "sheet" }, async ({ path }) => {
        const { outputFiles } = await build.esbuild.build({
          ...optionsFor(root),
          entryPoints: [path],
          plugins: [within(root)],
        });
        const css = outputFiles.find((file) => file.path.endsWith(".css"))?.text ?? "";
        return { contents: `export const __css = ${JSON.stringify(css)};` };
      });
    },
  };
}

/** Nothing outside of the package's own folder is read: neither our packages nor a file that a path in it climbs to. */
function within(root: string): Plugin {
  return {
    name: "within",
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: "file" }, ({ path }) =>
        path.startsWith(root + sep) ? null : { errors: [{ text: `Could not resolve "${path}" inside` }] },
      );
    },
  };
}

function explain({ errors = [], ...failure }: Partial<BuildFailure>): Refusal {
  if (errors.length === 0)
    return { ok: false, code: "packages-failed", detail: String(failure.message ?? "") };
  const missing = errors.map(({ text }) => /^Could not resolve "([^"]+)"/.exec(text)?.[1] ?? "");
  const ofNode = [...new Set(missing.filter((name) => name !== "" && isBuiltin(name)))];
  if (ofNode.length > 0)
    return { ok: false, code: "package-needs-node", detail: ofNode.slice(0, 5).join(", ") };
  // No path of this machine in words for people.
  const text = (errors[0]?.text ?? "")
    .replace(/"(?:[^"]*[\\/])node_modules[\\/]/g, '"')
    .replace(/"\/[^"]*\//g, '"');
  return { ok: false, code: "package-unfit", detail: text.slice(0, 300) };
}
