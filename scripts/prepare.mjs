/**
 * What every script needs before it can run: a fitting Node, the packages of the lockfile, a current build, a Chromium.
 * Plain JavaScript without dependencies: it runs before anything is installed. Nothing here asks a question.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const NODE_MINIMUM = [20, 19];

export function say(line) {
  process.stdout.write(`▍▌▐ ${line}\n`);
}

export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

/** Node ≥ 20.19, or a sentence that says what to install. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor, needMinor] = NODE_MINIMUM;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(
    `Triptych needs Node ${needMajor}.${needMinor} or newer; this is Node ${process.versions.node}. ` +
      "Install a newer one (20, 22 and 24 all work), then run the same command again.",
  );
}

/** Installs exactly what the lockfile names, without install scripts, unless that very lockfile is installed already. */
export async function ensureInstalled() {
  const stampFile = join(root, "node_modules", ".triptych-installed");
  const stamp = hashFiles(["package-lock.json", "package.json"]) + process.versions.modules;
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  say("Installing packages (once, exactly as locked) …");
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--include=dev"]);
  writeFileSync(stampFile, stamp);
}

const CHROMIUMS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Path of a Chromium: `CHROMIUM`, an installed one, else Debian's package when we are root. */
export async function ensureChromium() {
  const found = [process.env.CHROMIUM, ...CHROMIUMS].find((path) => path && existsSync(path));
  if (found) return found;
  if (!mayInstall()) {
    fail(
      "The browser tests need Chromium, and none was found. Install it (Debian and Ubuntu: sudo apt-get install chromium), " +
        "or set CHROMIUM to the path of a Chromium or Chrome, then run npm test again.",
    );
  }
  await installPackages(["chromium"]);
  return CHROMIUMS[0];
}

/** What the smoke test of tests/browsers runs, by Debian's package. */
const OTHER_BROWSERS = {
  "firefox-esr": ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
  "webkit2gtk-driver": ["/usr/bin/WebKitWebDriver"],
  xvfb: ["/usr/bin/Xvfb"],
};

/** Installs Firefox and WebKit when we may; without them their tests are skipped, and said to be, unless this is CI. */
export async function ensureOtherBrowsers() {
  const missing = Object.keys(OTHER_BROWSERS).filter((name) => !OTHER_BROWSERS[name].some(existsSync));
  if (missing.length === 0) return;
  try {
    if (mayInstall()) return await installPackages(missing);
  } catch (error) {
    say(error.message);
  }
  const sentence = `Not installed: ${missing.join(", ")} (Debian and Ubuntu: sudo apt-get install ${missing.join(" ")}).`;
  if (process.env.CI) fail(`The tests in Firefox and WebKit must run in CI. ${sentence}`);
  say(`${sentence} The tests in those browsers are skipped.`);
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

async function installPackages(names) {
  say(`Installing ${names.join(", ")} from Debian's packages …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], { env });
}

/** Runs a command with its output shown; rejects with a sentence when it does not end with 0. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.on("error", (cause) =>
      reject(new Error(`${command} could not be started: ${cause.message}`, { cause })),
    );
    child.on("exit", (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.join(" ")} ended with ${signal ?? `code ${code}`}`)),
    );
  });
}

/** Like `run`, but tells the exit code instead of rejecting. */
export async function tryRun(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: "inherit", ...options }).status ?? 1;
}

/** Every file below a path of the repository, in a stable order; none when it does not exist. */
export function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}

/** One hash over the names and bytes of files. */
export function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}
