/**
 * The table of provider faults (models.md §7), each row on every driver, over the real protocols. The turn's half (files
 * whole, document untouched) is in tests/turn.
 */
import { once } from "node:events";
import { createServer, type Server as TcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpOptions } from "../../lib/model/http-driver.ts";
import { sentenceOf } from "../../lib/model/sentences.ts";
import { runModelText } from "../edit/apply.ts";
import { selfSigned } from "../fixtures/certificate.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import {
  ask,
  createBed,
  factsOf,
  KEY,
  makeDriver,
  type Outcome,
  prompt,
  wires,
} from "../fixtures/providers/every-driver.ts";
import type { Step } from "../fixtures/providers/script.ts";

const bed = createBed();
const listening: TcpServer[] = [];
afterEach(async () => {
  await bed.clear();
  for (const server of listening.splice(0)) server.close();
});

/** A server that speaks no HTTP; its port. */
async function listen(server: TcpServer): Promise<number> {
  listening.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as { port: number }).port;
}

type Row = [
  what: string,
  script: Step[],
  expected: { code: string; text?: string; requests?: number; patience?: Partial<HttpOptions> },
];

const html = { "content-type": "text/html" };
const HUGE = "x".repeat(1_300_000);

/** Rows that look alike on every wire; `requests`: how often the server was asked in the end. */
const rows: Row[] = [
  [
    "401",
    [{ status: 401, body: `{"error":{"message":"bad key ${KEY}"}}` }],
    { code: "unauthorized", requests: 1 },
  ],
  ["403", [{ status: 403 }], { code: "unauthorized", requests: 1 }],
  ["404 of the model", [{ status: 404 }], { code: "not-found", requests: 1 }],
  ["413", [{ status: 413 }], { code: "too-long", requests: 1 }],
  [
    "too many tokens, said with a 400",
    [{ status: 400, body: '{"error":{"message":"too long","code":"context_length_exceeded"}}' }],
    { code: "too-long", requests: 1 },
  ],
  ["429", [{ status: 429 }], { code: "rate-limited", requests: 1 }],
  ["500", [{ status: 500 }], { code: "overloaded", requests: 3 }],
  ["502", [{ status: 502 }], { code: "overloaded", requests: 3 }],
  ["503", [{ status: 503 }], { code: "overloaded", requests: 3 }],
  ["529", [{ status: 529 }], { code: "overloaded", requests: 3 }],
  ["cut in the middle", [{ text: "half" }, { cut: true }], { code: "cut", text: "half", requests: 1 }],
  [
    "an error after text",
    [{ text: "half" }, { error: { code: "server_error", message: "gone" } }],
    { code: "overloaded", text: "half", requests: 1 },
  ],
  [
    "used up in the middle",
    [{ text: "half" }, { error: { code: "rate_limit_exceeded", message: "gone" } }],
    { code: "rate-limited", text: "half", requests: 1 },
  ],
  [
    "slow-loris before text",
    [{ raw: ": a\n\n" }, { raw: ": b\n\n", delayMs: 150 }, { raw: ": c\n\n", delayMs: 150 }, { never: true }],
    { code: "first-token-timeout", requests: 1, patience: { firstTextMs: 400 } },
  ],
  [
    "nothing at all",
    [{ never: true }],
    { code: "first-token-timeout", requests: 1, patience: { firstTextMs: 400 } },
  ],
  [
    "reasoning that never comes to a text",
    [{ thinking: true }, { never: true }],
    { code: "first-token-timeout", requests: 1, patience: { firstTextMs: 100, thinkingMs: 250 } },
  ],
  [
    "silence after text",
    [{ text: "a" }, { never: true }],
    { code: "idle-timeout", text: "a", requests: 1, patience: { idleMs: 200 } },
  ],
];

describe.each(wires)("%s", (wire) => {
  test.each(rows)("%s", async (_what, script, { code, text = "", requests, patience }) => {
    const server = await bed.serve(script);
    const outcome = await ask(bed.driver(wire, patience));
    expect(outcome).toMatchObject({ text, failure: { code } });
    expect(factsOf(outcome, "end")).toEqual([]);
    expect(server.requests).toHaveLength(requests ?? 1);
    expectWords(outcome);
  });

  test.each([
    ["seconds", "7", 7_000],
    ["a date", () => new Date(Date.now() + 90_000).toUTCString(), 90_000],
    ["longer than an hour", "999999", 3_600_000],
    ["nonsense", "soon", null],
  ])("429 with retry-after as %s", async (_what, value, ms) => {
    const said = typeof value === "function" ? value() : value;
    const headers = { "retry-after": said, "content-type": "application/json" };
    await bed.serve([{ status: 429, headers }]);
    const { failure } = await ask(bed.driver(wire));
    expect(failure?.code).toBe("rate-limited");
    if (ms === null) expect(failure?.retryAfterMs).toBeNull();
    else expect(Math.abs((failure?.retryAfterMs ?? 0) - ms)).toBeLessThan(2_500);
  });

  test("overloaded twice, then an answer", async () => {
    await bed.serve((call) => (call < 2 ? [{ status: 503 }] : [{ text: "third time" }]));
    expect(await ask(bed.driver(wire))).toMatchObject({ text: "third time", failure: null });
  });

  test("cut in the middle of an edit: what was whole stays, the open edit leaves its file as it was", async () => {
    const [app, hero] = [
      "export const App = () => <p>old</p>;\n",
      "export const Hero = () => <h1>old</h1>;\n",
    ];
    const answer = `/src/App.tsx\n\`\`\`tsx\n${app.replace("old", "new")}\`\`\`\n\n/src/Hero.tsx\n\`\`\`tsx\nexport const Hero = () => <h`;
    await bed.serve([{ text: answer }, { cut: true }]);
    const { pieces, failure } = await ask(bed.driver(wire));
    expect(failure?.code).toBe("cut");
    const { files } = runModelText({ "/src/App.tsx": app, "/src/Hero.tsx": hero }, pieces, {
      stop: "network",
    });
    expect(files.get("/src/App.tsx")).toBe(app.replace("old", "new"));
    expect(files.get("/src/Hero.tsx")).toBe(hero);
  });

  test("a connection that breaks before any answer", async () => {
    await bed.serve([{ cut: true }]);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text: "", failure: { code: "cut" } });
  });

  test("nobody listens, no such name", async () => {
    const [port] = await freePorts(1);
    for (const baseUrl of [`http://127.0.0.1:${port}/v1`, "http://no-such-host.invalid/v1"]) {
      const driver = makeDriver(wire, baseUrl);
      const { failure } = await ask(driver);
      expect(failure?.code).toBe("unreachable");
      await driver.close();
    }
  });

  test("TLS is spoken to a server that does not", async () => {
    const server = await bed.serve([{ text: "a" }]);
    const driver = makeDriver(wire, server.url.replace("http:", "https:"));
    const { failure } = await ask(driver);
    expect(failure?.code).toBe("unreachable");
    await driver.close();
  });

  test("TLS with a certificate that nobody vouches for", async () => {
    const port = await listen(createTlsServer(selfSigned("127.0.0.1"), (socket) => socket.destroy()));
    const driver = makeDriver(wire, `https://127.0.0.1:${port}/v1`);
    const { failure } = await ask(driver);
    expect(failure).toMatchObject({ code: "unreachable", detail: expect.stringContaining("self") });
    await driver.close();
  });

  test("a server that takes the connection and never says a word of TLS", async () => {
    const port = await listen(createServer((socket) => socket.on("error", () => {}).resume()));
    const driver = makeDriver(wire, `https://127.0.0.1:${port}/v1`, { connectMs: 150 });
    const { failure } = await ask(driver);
    expect(failure?.code).toBe("unreachable");
    await driver.close();
  });

  test("what answers is no HTTP server", async () => {
    const port = await listen(
      createServer((socket) => socket.on("error", () => {}).end("220 mail.example.com ESMTP\r\n")),
    );
    const driver = makeDriver(wire, `http://127.0.0.1:${port}/v1`);
    const { failure } = await ask(driver);
    expect(["bad-stream", "cut"]).toContain(failure?.code);
    await driver.close();
  });

  test("a stop ends the pause before another try", async () => {
    const server = await bed.serve([{ status: 503 }]);
    const abort = new AbortController();
    const outcome = ask(bed.driver(wire, { retryMs: 600_000 }), abort.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    expect(await outcome).toMatchObject({ text: "", failure: null });
    expect(server.requests).toHaveLength(1);
  });

  test("a never-ending answer is stopped by who reads it", async () => {
    const server = await bed.serve([{ text: "again and again\n".repeat(200_000) }]);
    const driver = bed.driver(wire);
    let chars = 0;
    for await (const piece of driver.model(prompt, new AbortController().signal)) {
      chars += piece.length;
      if (chars > 100_000) break;
    }
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  });

  test("an empty answer is an end without text", async () => {
    await bed.serve([]);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text: "", failure: null });
    expect(factsOf(outcome, "end")).toMatchObject([{ reason: "stop" }]);
  });

  test("a refusal is text, and its end says so", async () => {
    await bed.serve([{ refusal: "I would rather not." }, { finishReason: "content_filter" }]);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text: "I would rather not.", failure: null });
    expect(factsOf(outcome, "end")).toMatchObject([{ reason: "refusal" }]);
  });

  test("the length limit", async () => {
    await bed.serve([{ text: "a", finishReason: "length" }]);
    const outcome = await ask(bed.driver(wire));
    expect(factsOf(outcome, "end")).toMatchObject([{ reason: "length" }]);
  });

  test("reasoning is no text, is told, and buys time", async () => {
    await bed.serve([{ thinking: true }, { delayMs: 1_200, text: "done" }]);
    const outcome = await ask(bed.driver(wire, { firstTextMs: 1_000 }));
    expect(outcome).toMatchObject({ text: "done", failure: null });
    expect(factsOf(outcome, "thinking")).not.toEqual([]);
  });

  test("twenty unreadable events are skipped; more end the answer", async () => {
    const broken = wire === "responses-ws" ? "{broken" : "data: {broken\n\n";
    await bed.serve((call) =>
      call === 0
        ? [{ text: "a" }, ...Array(20).fill({ raw: broken }), { text: "b" }]
        : [{ text: "a" }, ...Array(21).fill({ raw: broken }), { text: "b" }],
    );
    const driver = bed.driver(wire);
    expect(await ask(driver)).toMatchObject({ text: "ab", failure: null });
    expect(await ask(driver)).toMatchObject({ text: "a", failure: { code: "bad-stream" } });
  });

  test("a burst of 20,000 events: nothing is lost and nothing comes twice", async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `${index} `).join("");
    await bed.serve([{ text, chunkChars: 5 }]);
    expect(await ask(bed.driver(wire))).toMatchObject({ text, failure: null });
  });

  test("the model's end is said, though the stream's is not", async () => {
    await bed.serve([{ text: "whole", finishReason: "stop", done: false }]);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text: "whole", failure: null });
    // The AI SDK's provider tells an end only at the stream's.
    const reason = wire === "ai-sdk" ? "incomplete" : "stop";
    expect(factsOf(outcome, "end")).toMatchObject([{ reason }]);
  });

  test("a model that is not known is answered with those that are", async () => {
    await bed.serve([{ status: 404 }], { models: ["small", "large"] });
    const { failure } = await ask(bed.driver(wire));
    expect(failure && sentenceOf(failure)).toMatch(/model "scripted" at http:.*It has: small, large/);
  });

  test("an event longer than any event is", async () => {
    const huge = wire === "responses-ws" ? HUGE : `data: ${HUGE}`;
    await bed.serve([{ text: "a" }, { raw: huge }, { never: true }]);
    expect(await ask(bed.driver(wire))).toMatchObject({ failure: { code: "bad-stream" } });
  });

  // The AI SDK's provider tells an end only at the stream's.
  if (wire !== "ai-sdk")
    test.each([
      ["the stream stays open", { never: true }],
      ["the connection breaks", { cut: true }],
    ] as [string, Step][])("the model has said its end, then %s", async (_what, then) => {
      await bed.serve([{ text: "whole" }, { raw: endOf(wire) }, then]);
      const outcome = await ask(bed.driver(wire, { idleMs: 300 }));
      expect(outcome).toMatchObject({ text: "whole", failure: null });
      expect(factsOf(outcome, "end")).toMatchObject([{ reason: "stop" }]);
    });

  if (wire === "responses-ws") return;

  test("an error that is reported with a good status is told by its name", async () => {
    const body = '{"error":{"code":"rate_limit_exceeded","message":"slower"}}';
    await bed.serve([{ status: 200, body }]);
    expect((await ask(bed.driver(wire))).failure?.code).toBe("rate-limited");
  });

  // The fetch under the AI SDK unpacks by itself.
  if (wire !== "ai-sdk")
    test("an answer that is compressed though nobody asked for it", async () => {
      const headers = { "content-encoding": "gzip", "content-type": "text/event-stream" };
      await bed.serve([{ headers, text: "a" }]);
      const { failure } = await ask(bed.driver(wire));
      expect(failure).toMatchObject({ code: "bad-stream", detail: expect.stringContaining("gzip") });
    });

  test.each([
    ["a login page", [{ status: 200, headers: html, body: "<html>Sign in</html>" }]],
    ["JSON where a stream was asked for", [{ status: 200, body: '{"choices":[]}' }]],
    ["a redirect", [{ status: 302, headers: { location: "http://example.com/" }, body: "" }]],
  ] as [string, Step[]][])("%s", async (_what, script) => {
    await bed.serve(script);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text: "", failure: { code: "bad-stream" } });
    expectWords(outcome);
  });

  test.each([
    ["with CRLF and comments between its events", { newline: "\r\n", comments: true }],
    ["in pieces of three bytes, which split its characters", { bytesPerWrite: 3 }],
  ] as const)("a stream %s", async (_how, shape) => {
    const text = 'const é = "🙂";\n'.repeat(5);
    await bed.serve([{ text, chunkChars: 7 }], { shape });
    expect(await ask(bed.driver(wire))).toMatchObject({ text, failure: null });
  });

  test("bytes that are no UTF-8 spoil their own event at most", async () => {
    const broken = Buffer.concat([
      Buffer.from('data: {"type":"ping","note":"'),
      Buffer.from([0xff, 0xfe, 0xe9]),
      Buffer.from('"}\n\n'),
    ]);
    await bed.serve([{ text: "a" }, { raw: broken }, { text: "b" }]);
    expect(await ask(bed.driver(wire))).toMatchObject({ text: "ab", failure: null });
  });

  test("a stream without any header that names it is read", async () => {
    await bed.serve([{ headers: { "content-type": "" }, text: "a" }]);
    expect(await ask(bed.driver(wire))).toMatchObject({ text: "a", failure: null });
  });

  test("the answer just ends", async () => {
    await bed.serve((call) =>
      call === 0
        ? [{ text: "half", finishReason: null, done: false }]
        : [{ finishReason: null, done: false }],
    );
    const driver = bed.driver(wire);
    const half = await ask(driver);
    expect(half).toMatchObject({ text: "half", failure: null });
    expect(factsOf(half, "end")).toMatchObject([{ reason: "incomplete" }]);
    expect(await ask(driver)).toMatchObject({ text: "", failure: { code: "cut" } });
  });
});

/** The model's last word, before the protocol's own. */
function endOf(wire: string): string {
  const chat = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
  const messages = { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } };
  const responses = { type: "response.completed", response: { id: "r" } };
  const event = JSON.stringify(wire === "chat" ? chat : wire === "anthropic" ? messages : responses);
  return wire === "responses-ws" ? event : `data: ${event}\n\n`;
}

/** In plain words, without the key, and with what the server itself said. */
function expectWords({ failure }: Outcome): void {
  const said = failure ? sentenceOf(failure) : "";
  expect(said).toMatch(/^[A-Z].*\.( \(.*\))?$/s);
  expect(`${said}\n${inspect(failure, { depth: 9 })}`).not.toContain(KEY);
}
