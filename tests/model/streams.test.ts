/**
 * Streams as they stand on the wire (tests/fixtures/streams), sent again over real sockets in pieces of several sizes: what a
 * driver makes of them does not depend on how they are cut. And the recorder that makes more of them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelFact } from "../../lib/model/types.ts";
import { ask, createBed, KEY, makeDriver, type Outcome, prompt } from "../fixtures/providers/every-driver.ts";
import { recordStream } from "../fixtures/streams/recorder.ts";
import { type Pieces, startReplay } from "../fixtures/streams/replay.ts";
import { readStreamFile, type StreamFile, writeStreamFile } from "../fixtures/streams/stream-file.ts";

const bed = createBed();
afterEach(bed.clear);

const FOLDER = new URL("../fixtures/streams/", import.meta.url).pathname;
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl"));
const CUTS: Pieces[] = ["whole", "events", 997, 1];

const SENTENCE = "Here is the headline.\n\n";
const ANSWER = `${SENTENCE}/src/App.tsx
\`\`\`tsx
export default function App() {
  return <h1>Café 🙂</h1>;
}
\`\`\`
`;
const PATCH = `*** Begin Patch
*** Update File: /src/App.tsx
@@
-  return <h1>Old</h1>;
+  return <h1>Café 🙂</h1>;
*** End Patch
`;

/** What comes out: `facts` in their order, in few words. */
type Expected = { text: string; facts: string[]; failure?: string };

const start = (id: string | null = null) => `start ${id}`;
const end = (inputs: number, outputs: number, cached?: number) =>
  `end stop, ${inputs} in${cached === undefined ? "" : ` (${cached} cached)`}, ${outputs} out`;

const expected: Record<string, Expected> = {
  "chat-openai": {
    text: ANSWER,
    facts: ["limits requests 0 %, tokens 25 %", start(), end(2_104, 41, 1_920)],
  },
  "chat-groq": {
    text: ANSWER,
    facts: ["limits requests 0 % of a day, tokens 0 % of a minute", start(), "thinking", end(2_104, 47)],
  },
  "chat-cerebras": {
    text: ANSWER,
    facts: [
      "limits requests-day 3 % of a day, tokens-minute 25 % of a minute",
      start(),
      "thinking",
      end(2_104, 45, 2_048),
    ],
  },
  "chat-ollama": { text: ANSWER, facts: [start(), "thinking", end(2_104, 44)] },
  "chat-llama-cpp": { text: ANSWER, facts: [start(), end(2_104, 40)] },
  "chat-openrouter-error": { text: SENTENCE, facts: [start()], failure: "rate-limited: Rate limit exceeded" },
  "responses-openai": {
    text: ANSWER,
    facts: ["limits tokens 25 %", start("resp_1"), "thinking", end(2_104, 73, 1_920)],
  },
  "responses-patch": { text: SENTENCE + PATCH, facts: [start("resp_1"), "thinking", end(2_104, 73, 1_920)] },
  "responses-ws-codex": {
    text: ANSWER,
    facts: [
      "limits codex-primary 42 % of 300 minutes, codex-secondary 7 % of 10080 minutes",
      start("resp_1"),
      "thinking",
      end(2_104, 73, 1_920),
    ],
  },
  "messages-anthropic": {
    text: ANSWER,
    facts: [
      "limits requests 0 % of a minute, output-tokens 25 % of a minute",
      start("msg_1"),
      "thinking",
      end(2_104, 61, 2_004),
    ],
  },
  "messages-anthropic-overloaded": {
    text: SENTENCE,
    facts: [start("msg_1")],
    failure: "overloaded: Overloaded",
  },
};

describe.each(files)("%s", (name) => {
  const file = readStreamFile(join(FOLDER, name));
  const drivers = file.wire === "anthropic" ? ["anthropic", "ai-sdk"] : [file.wire];

  test.each(drivers)("is read alike however it is cut, by the driver %s", async (driver) => {
    const known = expected[name.replace(".jsonl", "")];
    const outcomes: Expected[] = [];
    for (const pieces of CUTS) outcomes.push(wordsOf(await replay(file, driver, pieces)));
    for (const outcome of outcomes) expect(outcome).toEqual(known ?? outcomes[0]);
  });
});

test("every stream that was written from documentation says so, and what must come out of it is known", () => {
  expect(files.length).toBeGreaterThan(10);
  const written = files.filter((name) => readStreamFile(join(FOLDER, name)).origin === "documentation");
  expect(written.map((name) => name.replace(".jsonl", "")).sort()).toEqual(Object.keys(expected).sort());
});

test.each(["chat", "responses", "responses-ws", "anthropic"] as const)(
  "a recorded %s stream is read as the live one was, and holds no key and no id",
  async (wire) => {
    const server = await bed.serve([
      { thinking: true },
      { text: ANSWER, chunkChars: 5 },
      { event: { type: "note", id: "resp_0123456789abcdef", signature: "c2VjcmV0", note: `with ${KEY}` } },
    ]);
    const asked = { wire, baseUrl: `${server.url}/v1`, apiKey: KEY, model: "scripted", what: "scripted" };
    const { file, text } = await recordStream(asked, prompt);
    const folder = mkdtempSync(join(tmpdir(), "triptych-stream-"));
    const path = join(folder, "recorded.jsonl");
    writeStreamFile(path, file);
    const written = readFileSync(path, "utf8");
    const again = await replay(readStreamFile(path), wire, "events");
    rmSync(folder, { recursive: true });
    expect(text).toBe(ANSWER);
    expect(again).toMatchObject({ text: ANSWER, failure: null });
    expect(file.origin).toBe("recorded");
    for (const secret of [KEY, "0123456789abcdef", "c2VjcmV0"]) expect(written).not.toContain(secret);
    expect(JSON.stringify(server.requests[0]?.headers)).toContain(KEY);
  },
);

async function replay(file: StreamFile, driver: string, pieces: Pieces): Promise<Outcome> {
  const server = await startReplay(file, pieces);
  const made = makeDriver(driver, server.url);
  const outcome = await ask(made);
  await made.close();
  await server.close();
  return outcome;
}

/** One sign of thinking says as much as several: how many there are is how often something was read. */
function wordsOf({ text, facts, failure }: Outcome): Expected {
  const words = facts
    .map(wordsOfFact)
    .filter((fact, index, all) => fact !== "thinking" || all[index - 1] !== fact);
  return { text, facts: words, ...(failure ? { failure: `${failure.code}: ${failure.detail}` } : {}) };
}

function wordsOfFact(fact: ModelFact): string {
  if (fact.type === "start") return start(fact.responseId);
  if (fact.type === "limits") return `limits ${fact.limits.map(wordsOfLimit).join(", ")}`;
  if (fact.type !== "end") return fact.type;
  const { inputTokens, outputTokens, cachedTokens } = fact.usage ?? { inputTokens: null, outputTokens: null };
  const cached = cachedTokens === undefined ? "" : ` (${cachedTokens} cached)`;
  return `end ${fact.reason}, ${inputTokens} in${cached}, ${outputTokens} out`;
}

function wordsOfLimit({
  family,
  usedPercent,
  windowMs,
}: {
  family: string;
  usedPercent: number | null;
  windowMs: number | null;
}): string {
  const minutes = (windowMs ?? 0) / 60_000;
  const window = minutes === 1 ? " of a minute" : minutes === 1_440 ? " of a day" : ` of ${minutes} minutes`;
  return `${family} ${usedPercent} %${windowMs === null ? "" : window}`;
}
