/** Who may open a socket: raw upgrades and polling requests, as no browser of ours would send them. */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAllowedHost, isSameOrigin } from "../../lib/http/hosts.ts";
import { limits } from "../../lib/project/limits.ts";
import { addressOf } from "../../lib/room/address.ts";
import { createSockets } from "../../lib/room/sockets.ts";

let server: Server;
let port = 0;
const names = new Set(["localhost", "127.0.0.1"]);
const { engine, io } = createSockets((each) => isAllowedHost(each, names) && isSameOrigin(each));

beforeAll(async () => {
  server = createServer((each, response) => engine.handleRequest(each as never, response as never));
  server.on("upgrade", (each, socket, head) => engine.handleUpgrade(each as never, socket as never, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  await io.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** An upgrade with these headers: its status, and the open stream when it was granted. */
function ask(headers: Record<string, string>): Promise<{ status: number; stream: Duplex | null }> {
  return new Promise((resolve, reject) => {
    const asking = request({
      port,
      host: "127.0.0.1",
      path: "/rt/?EIO=4&transport=websocket",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": Buffer.from("0123456789abcdef").toString("base64"),
        ...headers,
      },
    });
    asking.on("upgrade", (answer, stream) => resolve({ status: answer.statusCode ?? 0, stream }));
    asking.on("response", (answer) => resolve({ status: answer.statusCode ?? 0, stream: null }));
    asking.on("error", reject);
    asking.end();
  });
}

async function upgrade(headers: Record<string, string>): Promise<number> {
  const { status, stream } = await ask(headers);
  stream?.destroy();
  return status;
}

test("[W14] a socket opens for a page of ours only: by Origin, or by the browser's word where there is none", async () => {
  const own = `http://127.0.0.1:${port}`;
  expect(await upgrade({ origin: own })).toBe(101);
  const refused: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: `http://localhost:${port}` },
    { origin: `http://127.0.0.1:${port + 1}` },
    { origin: `https://127.0.0.1:${port}.evil.example` },
    { origin: "null" },
    { origin: "" },
    {},
    { "sec-fetch-site": "cross-site" },
    { origin: own, host: "evil.example" },
  ];
  for (const headers of refused)
    expect(await upgrade(headers), JSON.stringify(headers)).toBeGreaterThanOrEqual(400);
  const polling = (headers: Record<string, string>) =>
    fetch(`${own}/rt/?EIO=4&transport=polling`, { headers }).then(({ status }) => status);
  expect(await polling({ "sec-fetch-site": "same-origin" })).toBe(200);
  expect(await polling({ "sec-fetch-site": "cross-site" })).toBeGreaterThanOrEqual(400);
  expect(await polling({ origin: "https://evil.example" })).toBeGreaterThanOrEqual(400);
});

test("[W15] one address opens only so many sockets; a proxy on this machine names the address, nobody else does", async () => {
  const behind = { origin: `http://127.0.0.1:${port}`, "x-forwarded-for": "1.2.3.4, 203.0.113.7" };
  const held: Awaited<ReturnType<typeof ask>>[] = [];
  for (let socket = 0; socket <= limits.socketsPerAddress; socket++) held.push(await ask(behind));
  expect(held.slice(0, -1).every(({ status }) => status === 101)).toBe(true);
  expect(held.at(-1)?.status).toBeGreaterThanOrEqual(400);
  expect(await upgrade({ ...behind, "x-forwarded-for": "203.0.113.8" })).toBe(101);
  for (const { stream } of held) stream?.destroy();
  await expect.poll(() => upgrade(behind)).toBe(101);
  const headers = { "x-forwarded-for": "9.9.9.9" };
  expect(addressOf({ address: "198.51.100.1", headers })).toBe("198.51.100.1");
  expect(addressOf({ address: "::ffff:127.0.0.1", headers })).toBe("9.9.9.9");
});
