/**
 * `npm run nightly`: what takes too long for every run. The same tests with more rounds: 10,000 runs of each property, 100,000
 * schedules of a room, 200 kills, 50 runs of two processes, half a minute without Redis, hangs at every kind of address, all of the
 * other browsers, pictures of every screen; then half an hour of soak. Seeds are printed.
 */
import { ensureBuilt } from "./build.mjs";
import { ensureChromium, ensureInstalled, ensureNode, say, tryRun } from "./prepare.mjs";

ensureNode();
await ensureInstalled();
const chromium = await ensureChromium();
await ensureBuilt();

const vitest = ["node_modules/vitest/vitest.mjs", "run"];
const parts = [
  ["properties", { TRIPTYCH_RUNS: "10000" }, [...vitest, "--project", "core"]],
  ["schedules", { TRIPTYCH_SCHEDULES: "100000" }, server("schedules")],
  ["kills", { TRIPTYCH_KILL_ROUNDS: "200" }, [...server("kill"), "tests/storage/kill.test.ts"]],
  ["two processes", { TRIPTYCH_CLUSTER_RUNS: "50", TRIPTYCH_REDIS_AWAY_SECONDS: "30" }, server("cluster")],
  [
    "addresses",
    { TRIPTYCH_ADDRESSES: "all" },
    [...vitest, "--project", "browser", "tests/security/hang.test.ts", "tests/e2e/addresses.test.ts"],
  ],
  [
    "browsers",
    { TRIPTYCH_BROWSERS: "all" },
    [...vitest, "--project", "browser", "tests/browsers/smoke.test.ts"],
  ],
  [
    "screens",
    { TRIPTYCH_SCREENS: "compare" },
    [...vitest, "--project", "browser", "tests/e2e/screens.test.ts"],
  ],
  ["soak", {}, ["--import", "tsx", "--expose-gc", "scripts/soak.ts"]],
];

// Printed, so that what is found can be run again.
const seed = process.env.TRIPTYCH_SEED ?? String(Date.now() % 1_000_000);
say(`nightly: seed ${seed}`);
const asked = process.argv.slice(2);
const failed = [];
for (const [name, env, args] of parts) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`nightly: ${name} …`);
  const status = await tryRun(process.execPath, args, {
    env: { ...process.env, CHROMIUM: chromium, TRIPTYCH_SEED: seed, ...env },
  });
  if (status !== 0) failed.push(name);
}
say(failed.length === 0 ? "nightly: all in order" : `nightly: not in order: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

function server(name) {
  return [...vitest, "--project", "server", `tests/room/${name}.test.ts`];
}
