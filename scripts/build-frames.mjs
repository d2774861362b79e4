/**
 * What the preview frames load, into dist/frames/: the runtime, the large packages as scripts of their own, the relay, and the
 * fonts. File names carry a hash of their content, so that everything but the manifest can be cached for ever.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { BROWSERS, writeHashed } from "./hashed-file.mjs";
import { iconsEntry } from "./icons-entry.mjs";
import { ensureInstalled, ensureNode, root, say } from "./prepare.mjs";

const ENTRIES = {
  runtime: "lib/runtime/main.ts",
  relay: "lib/preview/relay.ts",
};
/** What pages that were built on the server run on; nothing is refreshed there, so React is the one for production. */
const STATIC = "lib/runtime/static-page.ts";

const FONTS = [
  "@fontsource-variable/instrument-sans",
  "@fontsource/instrument-serif",
  "@fontsource-variable/geist",
  "@fontsource-variable/geist-mono",
  "@fontsource-variable/hanken-grotesk",
  "@fontsource-variable/schibsted-grotesk",
  "@fontsource-variable/bricolage-grotesque",
  "@fontsource-variable/newsreader",
  "@fontsource-variable/jetbrains-mono",
  "@fontsource/commit-mono",
  "@fontsource-variable/inter",
  "@fontsource-variable/fraunces",
  "@fontsource-variable/gabarito",
  "@fontsource/anton",
];
/** Style sheets of a package that hold the faces a page uses: upright (and italic) of the latin set. */
const SHEETS = ["wght.css", "wght-italic.css", "latin-400.css", "latin-400-italic.css", "latin-700.css"];

/** Packages that pages may import, each a script of its own: its name → the modules it brings. */
const PACKAGES = JSON.parse(readFileSync(join(root, "lib", "project", "packages.json"), "utf8"));

export async function buildFrames({ outdir = join(root, "dist", "frames") } = {}) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(join(outdir, "fonts"), { recursive: true });
  const manifest = { packages: {} };
  for (const [name, entry] of Object.entries(ENTRIES))
    manifest[name] = writeHashed(outdir, `${name}.js`, await bundle({ entryPoints: [entry] }));
  const define = { "process.env.NODE_ENV": '"production"' };
  manifest.page = writeHashed(outdir, "page.js", await bundle({ entryPoints: [STATIC], define }));
  // Fetched by a page when it is first looked through.
  const axe = { contents: 'import axe from "axe-core"; window.axe = axe;', resolveDir: root };
  manifest.axe = writeHashed(outdir, "axe.js", await bundle({ stdin: axe }));
  const scripts = Object.entries(PACKAGES).map(async ([name, modules]) => {
    const contents = name === "lucide-react" ? await iconsEntry() : packageEntry(modules);
    const stdin = { contents, resolveDir: root };
    manifest.packages[name] = writeHashed(
      outdir,
      `${name}.js`,
      await bundle({ stdin, plugins: [sharedReact] }),
    );
  });
  await Promise.all(scripts);
  manifest.fonts = writeHashed(outdir, "fonts.css", Buffer.from(buildFonts(outdir)));
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest));
}

async function bundle(options) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: BROWSERS,
    minify: true,
    jsx: "automatic",
    // The development build of React: refresh needs it.
    define: { "process.env.NODE_ENV": '"development"' },
    loader: { ".css": "text" },
    logLevel: "error",
    ...options,
  });
  return outputFiles[0].contents;
}

function packageEntry(modules) {
  const imports = modules.map((name, index) => `import * as m${index} from ${JSON.stringify(name)};`);
  const entries = modules.map((name, index) => `${JSON.stringify(name)}: m${index}`);
  return `import { addPackage } from "./lib/runtime/add-package.ts";\n${imports.join("\n")}\naddPackage({ ${entries.join(", ")} });`;
}

/** Packages in scripts of their own use the runtime's React: two copies would not know each other's hooks. */
const sharedReact = {
  name: "shared-react",
  setup(build) {
    build.onResolve({ filter: /^react(?:-dom)?(?:\/.*)?$/ }, ({ path }) => ({ path, namespace: "shared" }));
    build.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = window.__triptychPackages.modules[${JSON.stringify(path)}];`,
    }));
  },
};

/** The latin faces of every family, their files copied beside the sheet. */
function buildFonts(outdir) {
  const faces = FONTS.flatMap((font) => {
    const folder = join(root, "node_modules", font);
    const sheets = readdirSync(folder).filter((file) => SHEETS.includes(file));
    return sheets.flatMap((sheet) =>
      latinFaces(readFileSync(join(folder, sheet), "utf8")).map((face) => ({ folder, face })),
    );
  });
  return faces
    .map(({ folder, face }) => {
      const file = /url\(\.\/files\/([^)]+\.woff2)\)/.exec(face)?.[1];
      if (!file || !existsSync(join(folder, "files", file)))
        throw new Error(`a face of ${basename(folder)} names no woff2 file`);
      copyFileSync(join(folder, "files", file), join(outdir, "fonts", file));
      return face.replace(/src:[^;]*;/, `src: url(/fonts/${file}) format("woff2");`);
    })
    .join("\n");
}

/** Fontsource's sheets hold one face per script; only the plain latin one is served. */
function latinFaces(sheet) {
  const faces = [...sheet.matchAll(/@font-face\s*\{[^}]*\}/g)].map(([face]) => face);
  return faces.filter((face) => /files\/[\w-]*-latin-(?!ext)[\w-]*\.woff2/.test(face));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureNode();
  await ensureInstalled();
  await buildFrames();
  say("The frames' bundles are built.");
}
