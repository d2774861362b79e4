/** The headers of everything that is served (safety.md §7), and which host name is answered by what. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiHeaders, appHeaders } from "../../lib/http/headers.ts";
import { allowedHostnames, isAllowedHost } from "../../lib/http/hosts.ts";
import type { PreviewPlace } from "../../lib/http/preview-place.ts";
import { createPreviewServers } from "../../lib/http/preview-server.ts";
import { createRelayHandler } from "../../lib/http/relay-page.ts";
import type { OpenedDocument } from "../../lib/share/pages.ts";
import { freePorts } from "../fixtures/free-ports.ts";

const TOKEN = "token-of-a-project";

let framesFolder = "";
let port = 0;
let previewPort = 0;
const closing: (() => void)[] = [];

beforeAll(async () => {
  framesFolder = mkdtempSync(join(tmpdir(), "triptych-frames-"));
  const packages = { motion: "motion.1.js" };
  const manifest = {
    runtime: "runtime.1.js",
    page: "page.1.js",
    relay: "relay.1.js",
    fonts: "fonts.1.css",
    packages,
  };
  writeFileSync(join(framesFolder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(framesFolder, "runtime.1.js"), "run()");
  writeFileSync(join(framesFolder, "relay.1.js"), "relay()");
  [previewPort = 0] = await freePorts(1);
  port = await serve({ previewPorts: [], previewHost: "preview.example.test", sparePorts: [] });
});
afterAll(() => {
  for (const close of closing) close();
  rmSync(framesFolder, { recursive: true, force: true });
});

/** What server.ts wires, without the app: it answers "app". */
async function serve(place: PreviewPlace): Promise<number> {
  const allowedHosts = allowedHostnames("127.0.0.1", ["app.example.test"]);
  const hostsOf = async (token: string) =>
    token === TOKEN ? ["fonts.example.com", "api.example.com"] : null;
  const host = "127.0.0.1";
  const previews = createPreviewServers({
    place,
    host,
    framesFolder,
    allowedHosts,
    appPort: 4100,
    hostsOf,
    packages: { find: async () => null },
    pages: {
      open: async (_shareId, commitId, key) => {
        if (key !== KEY || !["commit-0001", "commit-0009"].includes(commitId)) return null;
        return {
          ...SHARED,
          packages: [...SHARED.packages],
          scripts: [...SHARED.scripts],
          indexed: commitId === "commit-0009",
        };
      },
      script: async (hash) => (hash === HASH ? Buffer.from("run()") : null),
    },
  });
  const relay = createRelayHandler({ framesFolder, place });
  const server: Server = createServer((request, response) => {
    if (previews.handle(request, response)) return;
    if (!isAllowedHost(request, allowedHosts)) response.writeHead(421).end();
    else if (!relay(request, response)) response.end("app");
  });
  await previews.listen();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closing.push(() => {
    server.close();
    void previews.close();
  });
  return (server.address() as AddressInfo).port;
}

type Answer = { status: number; text: string; headers: IncomingHttpHeaders };

/** `fetch` does not send a Host of one's own. */
function ask(host: string, path = "/", at = port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port: at, path, headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (data: string) => {
        text += data;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    }).on("error", reject);
  });
}

const KEY = "k".repeat(32);
const HASH = "a".repeat(32);
const SHARED = {
  ok: true,
  lang: "de",
  title: "Bäckerei",
  bodyClass: "dark",
  body: '<div id="root"></div><img src="https://example.com/"></script><!--',
  css: "a{content:'</style><script>'}",
  packages: ["motion", "gone"],
  scripts: ["/packages/swiper@11.2.0/swiper.js", `/shared-files/${HASH}.js`],
  indexed: false,
} as const satisfies OpenedDocument;

test("a shared page is a document of ours that holds the page as inert data, under a preview's policy", async () => {
  const answer = await ask("v1.preview.example.test", `/shared/link-0001/commit-0001/${KEY}`);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
    "content-type": "text/html; charset=utf-8",
  });
  expect(policyOf(answer)).toContain("connect-src 'none'");
  const tags = [...answer.text.matchAll(/<(script|link|img|style|a)\b[^>]*>/g)].map(([tag]) => tag);
  expect(tags).toEqual([
    '<link rel="stylesheet" crossorigin href="/fonts.1.css">',
    '<link rel="preload" as="script" crossorigin href="/motion.1.js">',
    '<link rel="preload" as="script" crossorigin href="/packages/swiper@11.2.0/swiper.js">',
    `<link rel="preload" as="script" crossorigin href="/shared-files/${HASH}.js">`,
    '<script defer crossorigin src="/page.1.js">',
    '<script type="application/json" id="triptych-page">',
  ]);
  const data = /id="triptych-page">(.*)<\/script>/.exec(answer.text)?.[1] ?? "";
  const { ok: _ok, packages: _packages, indexed: _indexed, ...page } = SHARED;
  expect(JSON.parse(data)).toEqual({
    ...page,
    scripts: ["/motion.1.js", "/packages/swiper@11.2.0/swiper.js", `/shared-files/${HASH}.js`],
  });
  const script = await ask("v1.preview.example.test", `/shared-files/${HASH}.js`);
  expect(script.headers["cache-control"]).toContain("immutable");
});

test("[L6] a shared page says noindex unless its link allows search engines", async () => {
  const answer = await ask("v1.preview.example.test", `/shared/link-0001/commit-0009/${KEY}`);
  expect(answer.status).toBe(200);
  expect(answer.headers["x-robots-tag"]).toBeUndefined();
  expect(answer.text).not.toContain("noindex");
});

test.each([
  `/shared/link-0001/commit-0001/${"x".repeat(32)}`,
  `/shared/link-0001/commit-0002/${KEY}`,
  `/shared-files/${"b".repeat(32)}.js`,
])("%s is not there", async (path) => {
  expect((await ask("v1.preview.example.test", path)).status).toBe(404);
});

const policyOf = ({ headers }: Answer) => String(headers["content-security-policy"]);
const UNTOLD = ["date", "connection", "keep-alive", "transfer-encoding", "content-length"];
const told = ({ headers }: Answer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !UNTOLD.includes(name)));

test("app pages send these headers", () => {
  expect(appHeaders({ nonce: "NONCE", dev: false })).toMatchInlineSnapshot(`
    {
      "content-security-policy": "default-src 'self'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    }
  `);
});

test("the API sends these headers", () => {
  expect(apiHeaders()).toMatchInlineSnapshot(`
    {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    }
  `);
});

test("the relay sends these headers", async () => {
  expect(told(await ask("app.example.test", "/relay?pane=1"))).toMatchInlineSnapshot(`
    {
      "cache-control": "no-cache",
      "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src v2.preview.example.test s2.preview.example.test; frame-ancestors 'self'; base-uri 'none'",
      "content-type": "text/html; charset=utf-8",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    }
  `);
});

test("a preview sends these headers", async () => {
  expect(told(await ask("v2.preview.example.test:8080"))).toMatchInlineSnapshot(`
    {
      "access-control-allow-origin": "*",
      "cache-control": "no-store",
      "connection-allowlist": "(response-origin)",
      "content-security-policy": "default-src 'none'; script-src 'self' http://v2.preview.example.test:8080 'unsafe-eval'; style-src 'self' http://v2.preview.example.test:8080 'unsafe-inline'; img-src 'self' http://v2.preview.example.test:8080 data: blob:; font-src 'self' http://v2.preview.example.test:8080 data:; media-src 'self' http://v2.preview.example.test:8080 data: blob:; connect-src 'none'; worker-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors localhost:8080 127.0.0.1:8080 app.example.test:8080",
      "content-type": "text/html; charset=utf-8",
      "cross-origin-resource-policy": "cross-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-dns-prefetch-control": "off",
    }
  `);
});

test("a preview with a network token opens images, media, fonts and fetch to its hosts, and nothing else", async () => {
  const narrow = told(await ask("v1.preview.example.test"));
  const wide = told(await ask("v1.preview.example.test", `/about?network=${TOKEN}`));
  const directives = (headers: Record<string, unknown>) =>
    String(headers["content-security-policy"]).split("; ");
  expect(directives(wide).filter((each) => !directives(narrow).includes(each))).toEqual([
    "img-src 'self' http://v1.preview.example.test data: blob: https://fonts.example.com https://api.example.com",
    "font-src 'self' http://v1.preview.example.test data: https://fonts.example.com https://api.example.com",
    "media-src 'self' http://v1.preview.example.test data: blob: https://fonts.example.com https://api.example.com",
    "connect-src https://fonts.example.com https://api.example.com",
  ]);
  expect(wide["connection-allowlist"]).toBe(
    '(response-origin "https://fonts.example.com" "https://api.example.com")',
  );
  const others = ({ "content-security-policy": _, "connection-allowlist": __, ...rest }: typeof wide) => rest;
  expect(others(wide)).toEqual(others(narrow));
});

test.each([
  "?network=guess-guess",
  "?network=",
  `?other=${TOKEN}`,
  `?a?network=${TOKEN}`,
  `?network=x&network=${TOKEN}`,
])("%s opens nothing", async (query) => {
  const answer = await ask("v1.preview.example.test", `/${query}`);
  expect(answer.status).toBe(200);
  expect(policyOf(answer)).toBe(policyOf(await ask("v1.preview.example.test")));
  expect(answer.text).not.toContain("network");
});

test("with a preview host, exactly its names answer with previews; the app never does", async () => {
  for (const host of ["v1.preview.example.test", "V4.Preview.example.test:8080"]) {
    expect((await ask(host, "/api/health")).text).toContain("runtime.1.js");
    expect((await ask(host, "/runtime.1.js")).text).toBe("run()");
    expect((await ask(host, "/relay?pane=0")).text).not.toContain("data-preview");
  }
  const refused = [
    "v5.preview.example.test",
    "v0.preview.example.test",
    "preview.example.test",
    "x.v1.preview.example.test",
  ];
  for (const host of [
    ...refused,
    "v1.preview.example.test.",
    "v1.preview.example.test@evil.example",
    "evil.example",
  ])
    expect((await ask(host)).status).toBe(421);
  expect((await ask("app.example.test")).text).toBe("app");
});

test("relay and preview name each other by host and port, whatever scheme a proxy in front speaks", async () => {
  for (const port of ["", ":8443"]) {
    const relay = await ask(`app.example.test${port}`, "/relay?pane=2");
    expect(policyOf(relay)).toContain(
      `frame-src v3.preview.example.test${port} s3.preview.example.test${port};`,
    );
    expect(relay.text).toContain(`data-preview="v3.preview.example.test${port}"`);
    expect(relay.text).toContain(`data-spare="s3.preview.example.test${port}"`);
    expect((await ask(`s3.preview.example.test${port}`)).status).toBe(200);
    const ancestors = policyOf(await ask(`v3.preview.example.test${port}`)).split("frame-ancestors ")[1];
    const names = ["localhost", "127.0.0.1", "app.example.test"];
    expect(ancestors).toBe(names.map((name) => `${name}${port}`).join(" "));
  }
});

test("without a preview host each pane has a port on the name that was asked for, and another for its spare", async () => {
  const place: PreviewPlace = { previewPorts: [previewPort], previewHost: null, sparePorts: [] };
  const app = await serve(place);
  const [spare = 0] = place.sparePorts;
  const relay = await ask(`app.example.test:${app}`, "/relay?pane=0", app);
  expect(policyOf(relay)).toContain(`frame-src app.example.test:${previewPort} app.example.test:${spare};`);
  expect(policyOf(await ask(`app.example.test:${spare}`, "/", spare))).toMatch(
    /frame-ancestors app\.example\.test:4100$/,
  );
  const here = await ask(`127.0.0.1:${app}`, "/relay?pane=0", app);
  expect(policyOf(here)).toContain(`frame-src 127.0.0.1:${previewPort} localhost:${previewPort};`);
  const preview = await ask(`app.example.test:${previewPort}`, "/", previewPort);
  expect(policyOf(preview)).toMatch(/frame-ancestors app\.example\.test:4100$/);
  expect((await ask(`evil.example:${previewPort}`, "/", previewPort)).status).toBe(421);
  expect((await ask("v1.preview.example.test", "/", app)).status).toBe(421);
});
