/** Packages on real parts: npm itself against a registry on loopback, esbuild, the disk. Nothing asks the real registry. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import * as React from "react";
import * as jsxRuntime from "react/jsx-runtime";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createPackages, type PackagesOptions } from "../../lib/packages/cache.ts";
import type { Packages, PackageWish } from "../../lib/packages/types.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import { type Registry, startRegistry, strangeReact, type TestPackage } from "../fixtures/npm-registry.ts";

const settings = { registry: process.env.npm_config_registry, cache: process.env.npm_config_cache };
let home = "";
let folder = "";
let registry: Registry;
let packages: Packages;
let errors: unknown[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "triptych-packages-"));
  writeFileSync(join(home, "secret.json"), '{ "secret": "canary-7" }');
  writeFileSync(join(home, "secret.css"), ".canary-7 { color: red }");
  registry = await startRegistry(testPackages(home));
  process.env.npm_config_registry = registry.url;
  // The person's own npm cache stays as it is.
  process.env.npm_config_cache = join(home, "npm-cache");
  folder = join(home, "installed");
  for (const one of [wish("counter"), wish("climbs", null, ["climbs/fair.js"])])
    expect(await open().add(one)).toMatchObject({ ok: true });
});
afterAll(async () => {
  await registry.close();
  restore("npm_config_registry", settings.registry);
  restore("npm_config_cache", settings.cache);
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, "data-"));
  registry.requests.length = 0;
  errors = [];
  packages = open();
});
afterEach(() => {
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** A data folder that has counter 2.1.0 and climbs 1.0.0 already: npm takes half a second for each. */
const useInstalled = () => cpSync(join(home, "installed"), folder, { recursive: true });

function open(options: Partial<PackagesOptions> = {}): Packages {
  return createPackages({ folder, isOn: true, onError: (_what, error) => errors.push(error), ...options });
}

const wish = (name: string, range: string | null = null, modules = [name]): PackageWish => ({
  name,
  range,
  modules,
});

function testPackages(outside: string): TestPackage[] {
  const counter = `import { useState } from "react";
    export function Counter({ start }) { const [count] = useState(start); return <b>{count}</b>; }`;
  const marker = join(outside, "postinstall-ran");
  const script = `node -e "require('fs').writeFileSync('${marker}', '')"`;
  return [
    strangeReact,
    { name: "counter", version: "1.0.0", files: { "index.js": "export const old = true;" } },
    {
      name: "counter",
      version: "2.1.0",
      manifest: {
        type: "module",
        peerDependencies: { react: ">=18" },
        scripts: { preinstall: script, install: script, postinstall: script },
        exports: { ".": "./index.jsx", "./tools": "./tools.js", "./css": "./style.css" },
      },
      files: {
        "index.jsx": counter,
        "tools.js": `import "./inner.css"; import { shared } from "./shared.js"; export const tool = shared;`,
        "shared.js": `export const shared = { n: 7 };`,
        "style.css": `@import "./base.css"; .counter { background: url("./dot.svg") }`,
        "base.css": ".base { color: blue }",
        "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "inner.css": ".inner { color: green }",
      },
    },
    {
      name: "@scope/thing",
      version: "1.0.0",
      files: { "index.js": "exports.thing = 7;" },
    },
    {
      name: "leans-on",
      version: "1.0.0",
      manifest: { dependencies: { "@scope/thing": "^1.0.0" } },
      files: { "index.js": `exports.twice = require("@scope/thing").thing * 2;` },
    },
    {
      name: "for-node",
      version: "1.0.0",
      files: {
        "index.js": `const fs = require("fs"); require("node:net"); module.exports = fs.readFileSync;`,
      },
    },
    { name: "broken", version: "1.0.0", files: { "index.js": "export const = ;" } },
    {
      name: "climbs",
      version: "1.0.0",
      files: {
        "index.js": `module.exports = require("${join(outside, "secret.json")}");`,
        "fair.js": "module.exports = 1;",
        "up.js": `module.exports = require("../../../../secret.json");`,
        "up.css": `@import "../../../../secret.css";`,
      },
    },
    { name: "large", version: "1.0.0", files: { "index.js": `export default "${"x".repeat(300_000)}";` } },
    { name: "late", version: "1.0.0", files: { "index.js": "export default 1;" } },
  ];
}

/** Runs a script as a preview would and gives what it registered. */
function run(script: Buffer | null): { modules: Record<string, Record<string, unknown>>; css: string } {
  const added: Record<string, Record<string, unknown>> = {};
  let css = "";
  const registryOfPage = {
    modules: { react: React, "react/jsx-runtime": jsxRuntime },
    add: (modules: object) => Object.assign(added, modules),
    style: (_names: string[], text: string) => {
      css += text;
    },
  };
  runInNewContext(script?.toString() ?? "throw new Error('there is no script')", {
    window: { __triptychPackages: registryOfPage },
  });
  return { modules: added, css };
}

test("a package is installed and becomes one script that uses the page's React", async () => {
  expect(await packages.add(wish("counter"))).toEqual({ ok: true, version: "2.1.0" });
  const { modules } = run(await packages.find({ name: "counter", version: "2.1.0", modules: ["counter"] }));
  const Counter = modules.counter?.Counter as React.FC<{ start: number }>;
  // The hook of another React would throw here.
  expect(renderToString(React.createElement(Counter, { start: 41 }))).toBe("<b>41</b>");
});

test("none of its install scripts runs", () => {
  useInstalled();
  expect(existsSync(join(folder, "counter@2.1.0", "node_modules", "counter", "tools.js"))).toBe(true);
  expect(existsSync(join(home, "postinstall-ran"))).toBe(false);
});

test("parts share what they have in common, and style sheets come as text", async () => {
  useInstalled();
  const modules = ["counter", "counter/css", "counter/tools"];
  expect((await packages.add(wish("counter", "2.1.0", modules))).ok).toBe(true);
  const page = run(await packages.find({ name: "counter", version: "2.1.0", modules }));
  expect(Object.keys(page.modules).sort()).toEqual(modules);
  expect(page.modules["counter/tools"]?.tool).toEqual({ n: 7 });
  expect(page.css).toContain(".inner");
  const sheet = String(page.modules["counter/css"]?.__css);
  expect(sheet).toMatch(/\.base\{color:.*\.counter\{background:url\(['"]?data:image\/svg\+xml/);
  expect(sheet).not.toContain(".inner");
});

test("the version is the one that was asked for, by range, tag or number", async () => {
  expect(await packages.add(wish("counter", "^1.0.0"))).toEqual({ ok: true, version: "1.0.0" });
  expect(await packages.add(wish("counter", "latest"))).toEqual({ ok: true, version: "2.1.0" });
  expect(await packages.add(wish("counter", "1.0.0"))).toEqual({ ok: true, version: "1.0.0" });
  expect(readdirSync(folder).sort()).toEqual(["counter@1.0.0", "counter@2.1.0"]);
});

test("what is in the cache asks no registry, after a restart too, and more parts are made from it", async () => {
  await packages.add(wish("@scope/thing"));
  registry.requests.length = 0;
  packages = open();
  expect(await packages.add(wish("@scope/thing", "1.0.0"))).toEqual({ ok: true, version: "1.0.0" });
  const parts = ["@scope/thing", "@scope/thing/index.js"];
  expect(await packages.add(wish("@scope/thing", "1.0.0", parts))).toEqual({ ok: true, version: "1.0.0" });
  for (const modules of [parts, parts.slice(0, 1), parts.slice(1)])
    expect(await packages.find({ name: "@scope/thing", version: "1.0.0", modules })).not.toBeNull();
  expect(registry.requests).toEqual([]);
});

test("what a package depends on comes with it", async () => {
  await packages.add(wish("leans-on"));
  const { modules } = run(await packages.find({ name: "leans-on", version: "1.0.0", modules: ["leans-on"] }));
  expect(modules["leans-on"]?.twice).toBe(14);
});

test("only what was added is found", async () => {
  useInstalled();
  expect(await packages.find({ name: "counter", version: "2.1.0", modules: ["counter"] })).not.toBeNull();
  for (const [name, version, part] of [
    ["counter", "2.1.0", "counter/tools"],
    ["counter", "1.0.0", "counter"],
    ["late", "1.0.0", "late"],
    ["../counter", "2.1.0", "counter"],
    ["counter", "../counter@2.1.0", "counter"],
  ] as const)
    expect(await packages.find({ name, version, modules: [part] })).toBeNull();
});

test("asked for twice at once, it is fetched once; others wait their turn", async () => {
  let release = () => {};
  registry.hold = new Promise((resolve) => {
    release = resolve;
  });
  const adding = [wish("counter"), wish("counter"), wish("late")].map((each) => packages.add(each));
  await expect.poll(() => registry.requests, { timeout: 20_000 }).toEqual(["/counter"]);
  release();
  registry.hold = null;
  expect(await Promise.all(adding)).toMatchObject([{ version: "2.1.0" }, { version: "2.1.0" }, { ok: true }]);
  // npm asks for each package as often as it likes: for one that was added twice no more than for one that was added once.
  const asked = (name: string) => registry.requests.filter((path) => path === `/${name}`).length;
  expect(asked("counter")).toBe(asked("late"));
  expect(registry.requests.indexOf("/late")).toBeGreaterThan(registry.requests.lastIndexOf("/counter"));
});

test.each([
  ["a name nobody has", wish("nobody-has-this"), "package-unknown", "nobody-has-this"],
  ["a version nobody has", wish("counter", "^9.0.0"), "package-unknown", "counter@^9.0.0"],
  ["code for Node", wish("for-node"), "package-needs-node", "for-node 1.0.0: fs, node:net"],
  ["code that does not parse", wish("broken"), "package-unfit", "broken 1.0.0: "],
  ["a part that is not there", wish("counter", null, ["counter/none"]), "package-unfit", "counter/none"],
])("%s is a refusal that says so", async (_what, wanted, code, words) => {
  const refusal = await packages.add(wanted);
  expect(refusal).toMatchObject({ ok: false, code, detail: expect.stringContaining(words) });
  expect(JSON.stringify(refusal)).not.toContain(home);
});

test.each([
  ["a path", wish("../counter"), "package-name"],
  ["a flag", wish("--global"), "package-name"],
  ["a folder as version", wish("counter", "file:/etc"), "package-version"],
  ["an address as version", wish("counter", "http://127.0.0.1/x.tgz"), "package-version"],
  ["a part of another package", wish("counter", null, ["late"]), "package-name"],
  ["no part at all", wish("counter", null, []), "package-name"],
])("%s is refused before anything is asked or made", async (_what, wanted, code) => {
  expect(await packages.add(wanted)).toMatchObject({ ok: false, code });
  expect(registry.requests).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("switched off it fetches nothing, and still serves what is there", async () => {
  useInstalled();
  packages = open({ isOn: false });
  expect(await packages.add(wish("late"))).toEqual({ ok: false, code: "packages-off" });
  expect(await packages.find({ name: "counter", version: "2.1.0", modules: ["counter"] })).not.toBeNull();
  expect(registry.requests).toEqual([]);
});

test("a registry that is not reachable is told as that", async () => {
  const [closed = 0] = await freePorts(1);
  process.env.npm_config_registry = `http://127.0.0.1:${closed}`;
  try {
    const refusal = await packages.add(wish("counter"));
    expect(refusal).toMatchObject({ ok: false, code: "registry-unreachable" });
  } finally {
    process.env.npm_config_registry = registry.url;
  }
});

test("a registry that does not answer is given up after the limit", async () => {
  let release = () => {};
  registry.hold = new Promise((resolve) => {
    release = resolve;
  });
  packages = open({ limitMs: 3_000 });
  expect(await packages.add(wish("late"))).toMatchObject({ ok: false, code: "package-slow" });
  release();
  registry.hold = null;
});

test("too much is refused: installed, and as a script", async () => {
  packages = open({ installedBytes: 100_000 });
  expect(await packages.add(wish("large"))).toMatchObject({ ok: false, code: "package-too-large" });
  packages = open({ scriptBytes: 100_000 });
  expect(await packages.add(wish("large"))).toMatchObject({ ok: false, code: "package-too-large" });
  expect(await packages.find({ name: "large", version: "1.0.0", modules: ["large"] })).toBeNull();
});

// npm 10 does not know the flag: there the archive is fetched (and none of its scripts runs).
const knowsRemote =
  spawnSync("npm", ["config", "get", "allow-remote"], { encoding: "utf8" }).stdout.trim() === "all";
test.skipIf(!knowsRemote)("a dependency outside of the registry is not fetched", async () => {
  const elsewhere = await startRegistry([]);
  const manifest = { dependencies: { inner: `${elsewhere.url}/inner.tgz` } };
  const outward = await startRegistry([{ name: "outward", version: "1.0.0", manifest }]);
  process.env.npm_config_registry = outward.url;
  try {
    const answer = await packages.add(wish("outward"));
    expect(answer).toMatchObject({ ok: false, code: "package-unfit" });
    expect(elsewhere.requests).toEqual([]);
  } finally {
    process.env.npm_config_registry = registry.url;
    await Promise.all([elsewhere.close(), outward.close()]);
  }
});

test.each(["climbs", "climbs/up.js", "climbs/up.css"])(
  "%s reads no file of the server outside of its own folder",
  async (part) => {
    useInstalled();
    const answer = await packages.add(wish("climbs", "1.0.0", [part]));
    expect(answer).toMatchObject({ ok: false, code: "package-unfit" });
    expect(await packages.find({ name: "climbs", version: "1.0.0", modules: [part] })).toBeNull();
    // The controls: what it has of its own is taken, and the file that it climbs to is there.
    const fair = await packages.find({ name: "climbs", version: "1.0.0", modules: ["climbs/fair.js"] });
    expect(fair).not.toBeNull();
    expect(existsSync(join(folder, "climbs@1.0.0", "..", "..", "secret.json"))).toBe(true);
  },
);
