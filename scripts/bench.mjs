/**
 * `npm run bench [name …]`: runs bench/<name>.ts one after another, each in its own process, prints a table and writes
 * bench/results.json. Each file exports `bench(): Promise<{name, rows: {what, figure, unit}[]}>`.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureChromium, ensureInstalled, ensureNode, root, say } from "./prepare.mjs";

ensureNode();
await ensureInstalled();
await ensureBuilt();
const chromium = await ensureChromium();

const asked = process.argv.slice(2);
const files = readdirSync(join(root, "bench")).filter((file) => /\.ts$/.test(file));
const chosen = files.filter((file) => asked.length === 0 || asked.includes(basename(file, ".ts")));
const results = readResults();
let failed = 0;
for (const file of chosen) {
  const name = basename(file, ".ts");
  say(`bench/${file} …`);
  const output = join(tmpdir(), `triptych-bench-${process.pid}-${name}.json`);
  const code = `const { bench } = await import(${JSON.stringify(join(root, "bench", file))});
    const { writeFileSync } = await import("node:fs");
    writeFileSync(${JSON.stringify(output)}, JSON.stringify(await bench()));
    process.exit(0);`;
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CHROMIUM: chromium },
  });
  if (status !== 0) {
    failed++;
    continue;
  }
  const { rows } = JSON.parse(readFileSync(output, "utf8"));
  results.figures[name] = rows;
  console.table(Object.fromEntries(rows.map(({ what, figure, unit }) => [what, { figure, unit }])));
}
writeFileSync(join(root, "bench", "results.json"), `${JSON.stringify(results, null, 2)}\n`);
process.exit(failed === 0 ? 0 : 1);

function readResults() {
  const machine = `${cpus().length} cores, Node ${process.versions.node}`;
  try {
    const { figures } = JSON.parse(readFileSync(join(root, "bench", "results.json"), "utf8"));
    return { machine, figures };
  } catch {
    return { machine, figures: {} };
  }
}
