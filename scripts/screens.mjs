/** `npm run screens`: draws the references of tests/visual and the README's picture anew. Look at them before they are committed. */
import { ensureBuilt } from "./build.mjs";
import { ensureChromium, ensureInstalled, ensureNode, tryRun } from "./prepare.mjs";

ensureNode();
await ensureInstalled();
const CHROMIUM = await ensureChromium();
await ensureBuilt();
const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "browser", "tests/e2e/screens.test.ts"];
process.exit(
  await tryRun(process.execPath, args, { env: { ...process.env, CHROMIUM, TRIPTYCH_SCREENS: "write" } }),
);
