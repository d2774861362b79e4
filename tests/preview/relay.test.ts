/** The relay itself, in a page made of stubs, with a real port: whatever is said to it, it passes on only what it knows. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

type Listener = (event: { source: unknown; origin: string; data: unknown }) => void;

const host = { postMessage: vi.fn() };
const frames: { contentWindow: { postMessage: typeof greet } }[] = [];
const greet = vi.fn((_message: unknown, _origin: string, _ports: MessagePort[]) => {});
const listeners = new Map<string, Listener>();
const APP = "http://127.0.0.1:3000";

beforeAll(async () => {
  // Its watchdog ticks as long as its page lives, and this page lives no longer than the file.
  vi.useFakeTimers({ toFake: ["setInterval"] });
  vi.stubGlobal("parent", host);
  vi.stubGlobal("location", { origin: APP, protocol: "http:", search: "" });
  vi.stubGlobal("addEventListener", (type: string, listener: Listener) => listeners.set(type, listener));
  vi.stubGlobal("document", {
    hidden: true,
    body: { dataset: { preview: "127.0.0.1:3001", title: "Page" }, append: () => {} },
    createElement() {
      const contentWindow = { postMessage: greet };
      const frame = { contentWindow, setAttribute() {}, addEventListener() {}, remove() {} };
      frames.push(frame);
      return frame;
    },
  });
  await import("../../lib/preview/relay.ts");
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const say = (source: unknown, origin: string, data: unknown) =>
  listeners.get("message")?.({ source, origin, data });
const typesSent = () => host.postMessage.mock.calls.map(([message]) => message.type);

const nearValid = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom(
        "triptych:born",
        "triptych:stopped",
        "triptych:lane",
        "initialized",
        "compile",
        "__proto__",
        "constructor",
      ),
      fc.anything(),
    ),
    triptych: fc.anything(),
    message: fc.anything(),
    url: fc.anything(),
    $id: fc.anything(),
  },
  { requiredKeys: [] },
);
const anyMessage = fc.oneof(fc.anything(), nearValid);

test("nothing that strangers say to its window is heard", () => {
  host.postMessage.mockClear();
  fc.assert(
    fc.property(anyMessage, fc.constantFrom("null", APP, "http://evil.example"), (data, origin) => {
      say({}, origin, data);
      say(null, origin, data);
      if (origin !== APP) say(host, origin, data);
      if (origin !== "null")
        say(frames[0]?.contentWindow, origin, { triptych: "hello", nonce: 1, network: "" });
    }),
  );
  say(frames[0]?.contentWindow, "null", { triptych: "hello", nonce: 1, network: "of another project" });
  for (const type of ["triptych:restart", "triptych:turn", "triptych:host"]) say({}, APP, { type });
  expect(host.postMessage).not.toHaveBeenCalled();
  expect(greet).not.toHaveBeenCalled();
  expect(frames).toHaveLength(1);
});

test("what its own frame forges never throws, starts nothing, and reaches Sandpack only as one of its known messages", async () => {
  host.postMessage.mockClear();
  say(frames[0]?.contentWindow, "null", { triptych: "hello", nonce: "n", network: "" });
  expect(typesSent()).toEqual(["initialized"]);
  const port = greet.mock.calls[0]?.[2][0] as MessagePort;
  const samples = fc.sample(anyMessage, 150);
  for (const data of samples) {
    try {
      port.postMessage(data);
    } catch {
      // What cannot be cloned cannot be sent by a page either.
    }
    say(frames[0]?.contentWindow, "null", data);
  }
  const forged = [
    "triptych:born",
    "triptych:stopped",
    "triptych:lane",
    "triptych:relay",
    "initialized",
    "compile",
  ];
  for (const type of forged) port.postMessage({ type, why: "hung" });
  port.postMessage({ type: "urlchange", url: 7 });
  port.postMessage({ type: "action", message: {} });
  port.postMessage({ type: "done", $id: "forged" });
  await expect.poll(typesSent).toEqual(["initialized", "done"]);
  expect(host.postMessage.mock.lastCall?.[0]).toEqual({ type: "done", $id: null, codesandbox: true });
  expect(frames).toHaveLength(1);
  port.close();
});
