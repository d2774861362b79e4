/** `npm run dev`: the frames' bundles once, then the server from its sources with Next's development mode. */
import { spawn } from "node:child_process";
import { ensureInstalled, ensureNode, root } from "./prepare.mjs";

ensureNode();
await ensureInstalled();
const { buildFrames } = await import("./build-frames.mjs");
const { buildTemplates } = await import("./build.mjs");
const { buildTools } = await import("./build-tools.mjs");
await Promise.all([buildFrames(), buildTools(), buildTemplates()]);

const server = spawn(process.execPath, ["--import", "tsx", "server.ts"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("exit", (code) => process.exit(code ?? 1));
