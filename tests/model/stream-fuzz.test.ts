/** The readers of all protocols under any split, any cut and any broken byte; no sockets, as these are about bytes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Answer, type Understand } from "../../lib/model/answer.ts";
import { understandChat } from "../../lib/model/chat-events.ts";
import { understandMessages } from "../../lib/model/messages-events.ts";
import { understandResponses } from "../../lib/model/responses-events.ts";
import { describeServer } from "../../lib/model/server.ts";
import { createSseReader } from "../../lib/model/sse.ts";
import type { ModelFact } from "../../lib/model/types.ts";
import { type Out, play, type Speaker, type Step } from "../fixtures/providers/script.ts";
import { anthropicSpeaker, chatSpeaker, responsesSpeaker } from "../fixtures/providers/speakers.ts";

const server = describeServer({ baseUrl: "http://127.0.0.1/v1", apiKey: null, model: "m" });
const TEXT = 'const é = "🙂";\r\n// <b>\n'.repeat(3);
const SCRIPT: Step[] = [{ thinking: true }, { text: TEXT, chunkChars: 5 }];

const protocols: [string, Speaker, Understand][] = [
  ["chat", chatSpeaker, understandChat],
  ["responses", responsesSpeaker("r"), understandResponses],
  ["messages", anthropicSpeaker(), understandMessages],
];

type Read = { text: string; pieces: string[]; facts: ModelFact[]; error: unknown };

describe.each(protocols)("%s", (_name, speaker, understand) => {
  const whole = record(speaker);

  test("any split of the bytes gives the same text", async () => {
    const bytes = await whole;
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 40 }), (cuts) => {
        const { text, pieces, facts } = read(splitAt(bytes, cuts), understand);
        expect(text).toBe(TEXT);
        expect(pieces.some((piece) => piece === "" || /[\ud800-\udbff]$/.test(piece))).toBe(false);
        expect(facts.filter(({ type }) => type === "end")).toHaveLength(1);
      }),
    );
  });

  test("a cut after any byte gives a beginning of the text, and never a made-up end", async () => {
    const bytes = await whole;
    for (let length = 0; length < bytes.length; length++) {
      const { text, facts, error } = read([bytes.subarray(0, length)], understand);
      expect(TEXT.startsWith(text)).toBe(true);
      const ends = facts.filter((fact) => fact.type === "end");
      expect(ends.length + (error === null ? 0 : 1)).toBe(1);
      if (text !== TEXT) expect(ends.filter(({ reason }) => reason === "stop")).toEqual([]);
    }
  });

  test("one broken byte never throws anything but a model failure", async () => {
    const bytes = await whole;
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const broken = Uint8Array.from(bytes);
        broken[at] = value;
        const { error } = read([broken], understand);
        if (error !== null) expect((error as Error).name).toBe("ModelFailure");
      }),
    );
  });
});

async function record(speaker: Speaker): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const out: Out = {
    start() {},
    event: (event) => chunks.push(Buffer.from(`data: ${JSON.stringify(event)}\n\n`)),
    raw: (bytes) => chunks.push(Buffer.from(bytes as string)),
    refuse() {},
    destroy() {},
    end() {},
    isClosed: () => false,
    waitingBytes: () => 0,
  };
  await play(SCRIPT, speaker, out);
  return Buffer.concat(chunks);
}

function splitAt(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const edges = [0, ...cuts.sort((one, other) => one - other), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}

function read(parts: Uint8Array[], understand: Understand): Read {
  const result: Read = { text: "", pieces: [], facts: [], error: null };
  const answer = new Answer(server, "warm", (fact) => result.facts.push(fact));
  const sse = createSseReader(
    (data) => {
      if (data === "[DONE]") answer.isDone = true;
      else answer.read(data, understand);
    },
    (failure) => answer.fail(failure),
  );
  const take = () => {
    const piece = answer.takeText();
    if (piece !== "") result.pieces.push(piece);
    answer.throwFailure();
  };
  try {
    for (const part of parts) {
      sse.feed(part);
      take();
    }
    sse.end();
    take();
    answer.end();
  } catch (error) {
    result.error = error;
  }
  result.text = result.pieces.join("");
  return result;
}
