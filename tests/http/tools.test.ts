import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createToolsHandler } from "../../lib/http/tools.ts";

const folder = mkdtempSync(join(tmpdir(), "triptych-tools-"));
writeFileSync(join(folder, "manifest.json"), '{"language":"language-1.js"}');
writeFileSync(join(folder, "language-1.js"), "worker();");
writeFileSync(join(folder, "language-1.js.gz"), gzipSync("worker();"));
const handle = createToolsHandler(folder);
const server = createServer((request, response) => {
  if (!handle(request, response)) response.writeHead(204).end();
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a tool is served for ever, compressed for whoever takes that, and may ask our own server only", async () => {
  const response = await fetch(`${url}/tools/language-1.js`);
  expect(await response.text()).toBe("worker();");
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(response.headers.get("content-security-policy")).toBe(
    "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
  );
  const plain = await fetch(`${url}/tools/language-1.js`, { headers: { "accept-encoding": "identity" } });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.text()).toBe("worker();");
});

test("their names are asked for anew each time; nothing else of the disk is there", async () => {
  const response = await fetch(`${url}/tools/manifest.json`);
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(await response.json()).toEqual({ language: "language-1.js" });
  for (const path of ["/tools/", "/tools/none.js", "/tools/language-1.js.gz", "/tools/%2e%2e%2fpackage.json"])
    expect((await fetch(url + path)).status).toBe(404);
  expect((await fetch(`${url}/other`)).status).toBe(204);
});
