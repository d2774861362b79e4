/** `npm run build`: the frames' bundles, the Next pages and the server, all into dist/ and .next/. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeZipped } from "./hashed-file.mjs";
import { ensureInstalled, ensureNode, filesBelow, hashFiles, root, run, say } from "./prepare.mjs";

const BUILD_INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "scripts",
  "drizzle",
  "server.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds when a source differs from the one that the last build saw. */
export async function ensureBuilt() {
  const stampFile = join(root, "dist", ".built");
  const stamp = hashFiles(BUILD_INPUTS.flatMap((path) => filesBelow(path)));
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  say("Building (about half a minute) …");
  await build();
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Everything that a start needs. */
export async function build() {
  const { buildFrames } = await import("./build-frames.mjs");
  const { buildTools } = await import("./build-tools.mjs");
  await Promise.all([
    buildFrames(),
    buildTools(),
    buildServer(),
    buildPages(),
    buildDatabase(),
    buildTemplates(),
  ]);
}

/** The empty database of a first start, its tables in it: making one takes seconds, copying it a moment. */
async function buildDatabase() {
  const make = `const { makeTemplate } = await import("./lib/storage/pglite-engine.ts");
    await makeTemplate("dist/database", "drizzle");`;
  await run(process.execPath, ["--import", "tsx", "--input-type=module", "-e", make]);
}

/** What the start page offers to begin with. */
export async function buildTemplates() {
  await run(process.execPath, ["--import", "tsx", "scripts/build-templates.ts"]);
}

/** Stay outside: Next and esbuild are programs of their own, PGlite reads its WebAssembly beside its own file. */
const EXTERNAL = ["next", "@electric-sql/pglite", "esbuild", "bufferutil", "utf-8-validate"];

/**
 * A start needs no TypeScript loader and finds 15 files where the packages' own folders have 450: 0.2 s of CPU less.
 * Split, for in one file what is imported when it is needed (the drivers of Postgres and Redis) would be loaded at every start.
 */
async function buildServer() {
  const { build: bundle } = await import("esbuild");
  rmSync(join(root, "dist", "server"), { recursive: true, force: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ["server.ts"],
    outdir: "dist",
    chunkNames: "server/[name]-[hash]",
    splitting: true,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: EXTERNAL,
    // Packages that are CommonJS ask for Node's modules this way.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    sourcemap: true,
    sourcesContent: false,
    alias: { "#lib": `${root}/lib` },
    logLevel: "warning",
  });
}

async function buildPages() {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { env });
  for (const file of filesBelow(join(".next", "static")).filter((name) => /\.(?:js|css|svg)$/.test(name)))
    writeZipped(join(root, file));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureNode();
  await ensureInstalled();
  await build();
  say("Built.");
}
