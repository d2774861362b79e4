import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog, withoutSecrets } from "../../lib/http/log.ts";
import { handleMetrics } from "../../lib/http/metrics.ts";
import { createFigures } from "../../lib/room/figures.ts";

let server: Server;
let url = "";
const figures = createFigures();

beforeAll(async () => {
  const options = { token: "a-token-for-figures", read: async () => figures.read() };
  server = createServer((request, response) => void handleMetrics(options, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/metrics`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("figures are Prometheus text: buckets count up, every line is a comment or a value", async () => {
  figures.text(4_000);
  figures.frame(120, 12);
  figures.frame(80, 400);
  figures.stored(33, 7);
  figures.refused("rate-limited");
  const text = await fetch(url).then((answer) => answer.text());
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? [\d.e+-]+)$/);
  expect(text).toContain("triptych_tokens_total 1000\n");
  expect(text).toContain("triptych_frame_bytes_total 200\n");
  expect(text).toContain('triptych_refused_total{code="rate-limited"} 1\n');
  expect(text).toContain('triptych_flush_lag_seconds_bucket{le="0.016"} 1\n');
  expect(text).toContain('triptych_flush_lag_seconds_bucket{le="0.5"} 2\n');
  expect(text).toContain('triptych_flush_lag_seconds_bucket{le="+Inf"} 2\n');
  expect(text).toContain("triptych_flush_lag_seconds_sum 0.412\n");
  expect(text).toContain("triptych_store_seconds_count 1\n");
});

test("figures are for this machine or for the token; what a proxy forwards is not this machine", async () => {
  const status = (headers: Record<string, string>) => fetch(url, { headers }).then((answer) => answer.status);
  expect(await status({})).toBe(200);
  expect(await status({ "x-forwarded-for": "203.0.113.7" })).toBe(403);
  expect(await status({ forwarded: "for=203.0.113.7" })).toBe(403);
  expect(await status({ "x-forwarded-for": "203.0.113.7", authorization: "Bearer wrong" })).toBe(403);
  expect(
    await status({ "x-forwarded-for": "203.0.113.7", authorization: "Bearer a-token-for-figures" }),
  ).toBe(200);
  expect(await fetch(url, { method: "POST" }).then((answer) => answer.status)).toBe(405);
});

test("the log is JSON by line, without secrets", () => {
  const lines: string[] = [];
  createLog((line) => lines.push(line))(
    "error",
    "storing an edit failed",
    "at postgres://me:hunter2@db:5432/x",
  );
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "error",
    what: "storing an edit failed",
    reason: "at postgres://me:•••@db:5432/x",
  });
});

test.each([
  ["sk-canary-0123456789abcdef refused", "sk-canary-"],
  ["authorization: Bearer abc.def-ghi", "abc.def"],
  ['{"token":"V1StGXR8_Z5jdHi6B-myT"}', "V1StGXR8"],
  ["GET /s/share-1#V1StGXR8_Z5jdHi6B-myT", "V1StGXR8"],
  ["redis://:pass123@10.0.0.1:6379", "pass123"],
  ["password=correct horse", "correct"],
])("%j loses its secret", (text, secret) => {
  expect(withoutSecrets(text)).not.toContain(secret);
});
