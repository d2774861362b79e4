/**
 * What the code drawer loads when it is opened, into dist/tools/: TypeScript's language service and Prettier as workers, and the
 * declarations of everything that pages may import as one file. Names carry a hash of their content; nothing comes from a CDN.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BROWSERS, writeHashed } from "./hashed-file.mjs";
import { ensureInstalled, ensureNode, filesBelow, hashFiles, root, say } from "./prepare.mjs";

const WORKERS = { language: "lib/language/worker.ts", format: "lib/language/format-worker.ts" };
const INPUTS = ["lib/language", "lib/project/packages.json", "scripts/build-tools.mjs", "package-lock.json"];
/** What a page imports without naming it as a package of ours. */
const ALWAYS = ["react", "react-dom", "react-dom/client", "react/jsx-runtime", "clsx", "tailwind-merge"];
const LIB_FOLDER = "/node_modules/typescript/lib";
const LIBS = ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"];

/** Builds unless the same sources and packages were built before: reading all declarations takes seconds. */
export async function buildTools({ outdir = join(root, "dist", "tools") } = {}) {
  const stamp = hashFiles(INPUTS.flatMap((path) => filesBelow(path)));
  const stampFile = join(outdir, ".built");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const manifest = {};
  for (const [name, entry] of Object.entries(WORKERS))
    manifest[name] = writeHashed(outdir, `${name}.js`, await bundle(entry));
  manifest.types = writeHashed(outdir, "types.json", JSON.stringify(collectDeclarations()));
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(stampFile, stamp);
}

async function bundle(entry) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: BROWSERS,
    minify: true,
    alias: { "#lib": `${root}/lib` },
    // The compiler asks for them where it runs in Node; here it never gets there.
    external: [
      "fs",
      "os",
      "path",
      "crypto",
      "inspector",
      "perf_hooks",
      "module",
      "v8",
      "worker_threads",
      "source-map-support",
    ],
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

/** Path → text of each declaration that the packages lead to, with what of their package.json says where they lie. */
function collectDeclarations() {
  const require = createRequire(import.meta.url);
  const ts = require("@ts-morph/common/dist/typescript.js");
  const libs = new Map(
    require("@ts-morph/common")
      .getLibFiles()
      .map(({ fileName, text }) => [fileName, text]),
  );
  const files = {};
  const entry = "/entry.ts";
  const modules = [...ALWAYS, ...Object.values(packagesOfPages()).flat()];
  const imports = modules
    .map((name, index) => `import * as m${index} from ${JSON.stringify(name)};`)
    .join("\n");
  const read = (path) => {
    if (path === entry) return imports;
    if (path.startsWith(`${LIB_FOLDER}/`)) return libs.get(path.slice(LIB_FOLDER.length + 1));
    const file = join(root, path);
    return path.startsWith("/node_modules/") && existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const host = {
    getSourceFile(path, options) {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, options);
    },
    readFile: (path) => {
      const text = read(path);
      if (text !== undefined && path.endsWith("/package.json")) files[path] = shortManifest(text);
      return text;
    },
    fileExists: (path) =>
      path === entry || path.startsWith(`${LIB_FOLDER}/`) ? read(path) !== undefined : existsFile(path),
    writeFile() {},
    getDefaultLibFileName: () => `${LIB_FOLDER}/lib.d.ts`,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: LIBS,
    types: ["react", "react-dom"],
    skipLibCheck: true,
  };
  const program = ts.createProgram([entry], options, host);
  for (const { fileName, text } of program.getSourceFiles())
    if (fileName !== entry && /\.d\.[cm]?ts$/.test(fileName)) files[fileName] = withoutPictures(text);
  const lost = modules.filter((name) => !isFound(ts, name, options, host));
  if (lost.length > 0) throw new Error(`no declarations were found for ${lost.join(", ")}`);
  return files;
}

function isFound(ts, name, options, host) {
  return ts.resolveModuleName(name, "/entry.ts", options, host).resolvedModule !== undefined;
}

function existsFile(path) {
  return path.startsWith("/node_modules/") && existsSync(join(root, path));
}

function packagesOfPages() {
  return JSON.parse(readFileSync(join(root, "lib", "project", "packages.json"), "utf8"));
}

function shortManifest(text) {
  const { name, version, type, main, module, types, typings, typesVersions, exports } = JSON.parse(text);
  return JSON.stringify({ name, version, type, main, module, types, typings, typesVersions, exports });
}

/** Icons have their drawing in a comment, base64: half of all bytes, for nobody. */
function withoutPictures(text) {
  return text.includes("data:image/") ? text.replace(/\/\*\*[\s\S]*?\*\//g, "") : text;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureNode();
  await ensureInstalled();
  await buildTools();
  say("The tools of the code drawer are built.");
}
