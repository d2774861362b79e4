/**
 * A project's files → one script and one style sheet, made once on the server so that whoever opens a link waits for no compiler.
 * Nothing of the project is run here: esbuild and Tailwind read texts. React and the packages come from files that have a hash in
 * their name; the script takes them out of the registry of lib/runtime/static-page.ts.
 */
import type { BuildFailure, OnLoadResult, Plugin } from "esbuild";
import { dependenciesOf, PACKAGE_JSON } from "#lib/project/dependencies.ts";
import type { Files } from "#lib/project/files.ts";
import {
  isExactVersion,
  modulesImported,
  packageAddress,
  packageNameOf,
} from "#lib/project/package-names.ts";
import SCRIPTS from "#lib/project/packages.json" with { type: "json" };
import { scopeCss } from "#lib/runtime/css-modules.ts";
import { resolveImport } from "#lib/runtime/resolve.ts";
import { stylesOf } from "./styles.ts";

export type BuiltPage = {
  lang: string;
  title: string;
  bodyClass: string;
  /** Of the project's own index.html, without scripts. */
  body: string;
  script: string;
  css: string;
  /** Scripts of packages: names of the frames' manifest, and addresses of those that a person added. */
  packages: string[];
  added: string[];
};
export type PageResult = { ok: true; page: BuiltPage } | { ok: false; problem: string };

/** In the script of static-page.ts itself. */
const OWN = new Set([
  "react",
  "react-dom",
  "react-dom/client",
  "react/jsx-runtime",
  "react/compiler-runtime",
  "clsx",
  "tailwind-merge",
]);
const SCRIPT_OF = new Map(
  Object.entries(SCRIPTS).flatMap(([script, names]) => names.map((name): [string, string] => [name, script])),
);
const ASSET = /\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|mp4|webm|mp3|ogg|wav|pdf)$/;
const ENV = { MODE: "production", DEV: false, PROD: true, SSR: false, BASE_URL: "/" };

/** Never throws for what a project holds. */
export async function buildPage(files: Files): Promise<PageResult> {
  const html = files.get("/index.html") ?? "";
  const entry = entryOf(html);
  if (!files.has(entry)) return { ok: false, problem: `There is no ${entry} to start with.` };
  const used = new Set<string>();
  try {
    const [script, css] = await Promise.all([bundle(files, entry, used), stylesOf(files, html, entry)]);
    const added = [...used].filter((name) => !OWN.has(name) && !SCRIPT_OF.has(name));
    const packages = [...new Set([...used].flatMap((name) => SCRIPT_OF.get(name) ?? []))].sort();
    return {
      ok: true,
      page: { ...shellOf(html), script, css, packages, added: addressesOf(files, added) },
    };
  } catch (error) {
    return { ok: false, problem: problemOf(error as Partial<BuildFailure> & Error) };
  }
}

async function bundle(files: Files, entry: string, used: Set<string>): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: `import ${JSON.stringify(entry)};`, loader: "js" },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: ["chrome120", "firefox128", "safari17"],
    minify: true,
    jsx: "automatic",
    charset: "utf8",
    define: {
      "process.env.NODE_ENV": '"production"',
      "import.meta.env": JSON.stringify(ENV),
      "import.meta.hot": "undefined",
    },
    // Settings of the folder that the server runs in are none of this project's business.
    tsconfigRaw: "{}",
    logLevel: "silent",
    plugins: [projectFiles(files, used)],
  });
  return outputFiles[0]?.text ?? "";
}

/** Imports mean what they mean in a preview (lib/runtime/resolve.ts): nothing is read from a disk. */
function projectFiles(files: Files, used: Set<string>): Plugin {
  return {
    name: "project-files",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, namespace }) => {
        const from = namespace === "project" ? importer.replace(/\?raw$/, "") : "/index.html";
        const found = resolveImport(path, from, (each) => files.has(each));
        if (found === "package") {
          if (!isKnownPackage(files, path)) return { errors: [{ text: unknownImport(path, from) }] };
          used.add(path);
          return { path, namespace: "package" };
        }
        if (found === null) return { errors: [{ text: `Cannot find "${path}", imported by ${from}.` }] };
        return { path: found.path + (path.endsWith("?raw") ? "?raw" : ""), namespace: "project" };
      });
      build.onLoad({ filter: /.*/, namespace: "project" }, ({ path }) => loadFile(files, path));
      build.onLoad({ filter: /.*/, namespace: "package" }, ({ path }) => ({
        contents: `module.exports = window.__triptychPackages.modules[${JSON.stringify(path)}];`,
      }));
    },
  };
}

function isKnownPackage(files: Files, specifier: string): boolean {
  if (OWN.has(specifier) || SCRIPT_OF.has(specifier)) return true;
  const name = packageNameOf(specifier);
  return name !== null && isExactVersion(dependenciesOf(files.get(PACKAGE_JSON) ?? null).get(name) ?? "");
}

function unknownImport(specifier: string, from: string): string {
  return `"${specifier}" is not available in previews (imported by ${from}).`;
}

function loadFile(files: Files, path: string): OnLoadResult {
  const text = files.get(path.replace(/\?raw$/, "")) ?? "";
  if (path.endsWith("?raw")) return { contents: text, loader: "text" };
  if (path.endsWith(".module.css"))
    return { contents: JSON.stringify(scopeCss(path, text).names), loader: "json" };
  if (path.endsWith(".css")) return { contents: "" };
  if (path.endsWith(".json")) return { contents: text, loader: "json" };
  if (path.endsWith(".svg"))
    return { contents: `data:image/svg+xml,${encodeURIComponent(text)}`, loader: "text" };
  if (ASSET.test(path)) return { contents: text.trim(), loader: "text" };
  return { contents: text, loader: /\.[cm]?ts$/.test(path) ? "ts" : "tsx" };
}

function addressesOf(files: Files, modules: string[]): string[] {
  const sources = [...files].filter(([path]) => /\.[jt]sx?$/.test(path)).map(([, text]) => text);
  const versions = dependenciesOf(files.get(PACKAGE_JSON) ?? null);
  const names = [...new Set(modules.flatMap((module) => packageNameOf(module) ?? []))].sort();
  return names.map((name) =>
    packageAddress({ name, version: versions.get(name) ?? "", modules: modulesImported(sources, name) }),
  );
}

function entryOf(html: string): string {
  const src = /<script[^>]*type="module"[^>]*src="([^"]+)"/.exec(html)?.[1] ?? "/src/main.tsx";
  return src.startsWith("/") ? src : `/${src.replace(/^\.\//, "")}`;
}

/** The project's own document around the page. Its scripts are left out, and could not run: the policy names ours only. */
function shellOf(html: string): Pick<BuiltPage, "lang" | "title" | "bodyClass" | "body"> {
  const lang = /<html[^>]*\blang="([\w-]+)"/i.exec(html)?.[1] ?? "en";
  const title = /<title>([^<]*)<\/title>/i.exec(html)?.[1]?.trim() ?? "";
  const [, attributes = "", inner = ""] = /<body([^>]*)>([\s\S]*?)<\/body>/i.exec(html) ?? [];
  const bodyClass = /\bclass="([^"]*)"/.exec(attributes)?.[1] ?? "";
  const body = inner.replace(/<script\b[\s\S]*?<\/script>/gi, "").trim();
  return { lang, title, bodyClass, body: /\bid="root"/.test(body) ? body : `${body}<div id="root"></div>` };
}

function problemOf({ errors, message = "" }: Partial<BuildFailure> & Error): string {
  const [first] = errors ?? [];
  if (!first) return message;
  const place = first.location
    ? ` (${first.location.file.replace(/^project:/, "")}:${first.location.line})`
    : "";
  return `${first.text}${place}`;
}
