/** The files of the app's pages over a real socket: as the build left them, and nothing else of the folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPageAssets } from "../../lib/http/page-assets.ts";

const folder = mkdtempSync(join(tmpdir(), "triptych-assets-"));
mkdirSync(join(folder, "chunks"));
writeFileSync(join(folder, "chunks", "0a-b~1.js"), "page();");
writeFileSync(join(folder, "chunks", "0a-b~1.js.gz"), gzipSync("page();"));
writeFileSync(join(folder, "serif.woff2"), "font");
writeFileSync(join(folder, "gone.css"), "a{}");
const handle = createPageAssets(folder);
const server = createServer((request, response) => {
  if (!handle(request, response)) response.writeHead(204).end();
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_next/static`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a script is sent for ever as the build compressed it, and whole to who does not take that", async () => {
  const zipped = await fetch(`${url}/chunks/0a-b~1.js?dpl=1`);
  expect(await zipped.text()).toBe("page();");
  expect(Object.fromEntries(zipped.headers)).toMatchObject({
    "content-encoding": "gzip",
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
  const plain = await fetch(`${url}/chunks/0a-b~1.js`, { headers: { "accept-encoding": "identity" } });
  expect([plain.headers.get("content-encoding"), await plain.text()]).toEqual([null, "page();"]);
  const font = await fetch(`${url}/serif.woff2`);
  expect([font.headers.get("content-type"), font.headers.get("content-encoding")]).toEqual([
    "font/woff2",
    null,
  ]);
});

test("what the build did not write is not ours; what it took away since says so", async () => {
  for (const path of [
    "/none.js",
    "/chunks/0a-b~1.js.gz",
    "/chunks/",
    "/%2e%2e/secret",
    "/chunks/../serif.woff2x",
  ])
    expect((await fetch(url + path)).status, path).toBe(204);
  rmSync(join(folder, "gone.css"));
  const gone = await fetch(`${url}/gone.css`);
  expect([gone.status, await gone.text()]).toEqual([404, "The app was built anew: reload the page.\n"]);
});
