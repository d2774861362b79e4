/** `npm run build`: the frames' bundles, the Next pages and one server file, all into dist/ and .next/. */
import { pathToFileURL } from "node:url";
import { ensureInstalled, ensureNode, root, run, say } from "./prepare.mjs";

export async function build() {
  const { buildFrames } = await import("./build-frames.mjs");
  await Promise.all([buildFrames(), buildServer(), buildPages()]);
}

/** One file, packages left outside: a start needs no TypeScript loader. */
async function buildServer() {
  const { build: bundle } = await import("esbuild");
  await bundle({
    absWorkingDir: root,
    entryPoints: ["server.ts"],
    outfile: "dist/server.js",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    sourcemap: true,
    alias: { "#lib": `${root}/lib` },
    logLevel: "warning",
  });
}

async function buildPages() {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { env });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureNode();
  await ensureInstalled();
  await build();
  say("Built.");
}
