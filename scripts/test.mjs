/** `npm test`: installs what it needs, then the static checks and every test. Ends with one plain line of counts. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { checkStatically } from "./check.mjs";
import {
  ensureChromium,
  ensureInstalled,
  ensureNode,
  ensureOtherBrowsers,
  fail,
  root,
  say,
  tryRun,
} from "./prepare.mjs";

ensureNode();
let chromium = "";
try {
  await ensureInstalled();
  chromium = await ensureChromium();
  await ensureOtherBrowsers();
  await ensureBuilt();
} catch (error) {
  fail(`The tests could not be prepared: ${error instanceof Error ? error.message : error}`);
}

const failedChecks = await checkStatically();
const folder = mkdtempSync(join(memoryFolder() ?? tmpdir(), "triptych-test-"));
// Postgres refuses to be root, so who it runs as must get through.
chmodSync(folder, 0o755);
const totals = { passed: 0, failed: failedChecks.length, skipped: 0 };
for (const [name, projects] of [
  ["unit", ["core", "server"]],
  ["browser", ["browser"]],
]) {
  say(`Running ${name} tests …`);
  await count(name, projects);
}
rmSync(folder, { recursive: true, force: true });
if (failedChecks.length > 0) say(`Not in order: ${failedChecks.join(", ")}.`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);

/** Databases and browser profiles of tests wait for a disk more than for anything else; null where memory is no folder for them. */
function memoryFolder() {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    // Postgres' programs are copied there, and must run.
    const runs = !/ \/dev\/shm \S+ \S*noexec/.test(readFileSync("/proc/mounts", "utf8"));
    return runs && bavail * bsize > 4 * 2 ** 30 ? "/dev/shm" : null;
  } catch {
    return null;
  }
}

async function count(name, projects) {
  const report = join(folder, `${name}.json`);
  // Databases and sockets wait more than they compute: two files at once even on two cores. Browsers have the machine alone.
  const args = ["run", "--maxWorkers=2", ...projects.flatMap((project) => ["--project", project])];
  args.push("--reporter=default", "--reporter=json", `--outputFile.json=${report}`);
  const status = await tryRun(join(root, "node_modules", ".bin", "vitest"), args, {
    env: { ...process.env, CHROMIUM: chromium, TMPDIR: folder },
  });
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests;
    totals.skipped += result.numPendingTests + result.numTodoTests;
    // A file that does not load has no failed test of its own; it is counted so that nothing hides behind it.
    if (status !== 0 && result.numFailedTests === 0) totals.failed += Math.max(1, result.numFailedTestSuites);
  } catch {
    totals.failed += 1;
    say(`The ${name} tests ended without a report.`);
  }
}
