import fc from "fast-check";
import { expect, test } from "vitest";
import type { DraftFact } from "../../lib/document/edit-session.ts";
import type { FramePart } from "../../lib/wire/events.ts";
import { decodeFrame, encodeFrame, factOfPart, partOfFact } from "../../lib/wire/frame.ts";
import { commandNames, parseCommand, parseCredentials } from "../../lib/wire/schemas.ts";

const anchor = fc.option(fc.string(), { nil: null });
const slot = fc.integer({ min: 0, max: 255 });
const editId = fc.integer({ min: 1, max: 60_000 });
const text = fc.string({ unit: "grapheme" });

const fact: fc.Arbitrary<DraftFact> = fc.oneof(
  fc.record({ type: fc.constant("draft-start" as const), editId, path: text, start: anchor, end: anchor }),
  fc.record({ type: fc.constant("draft-delta" as const), editId, text }),
  fc.record({
    type: fc.constant("draft-splice" as const),
    editId,
    used: fc.nat(),
    start: anchor,
    end: anchor,
  }),
  fc.record({
    type: fc.constant("draft-end" as const),
    editId,
    result: fc.constantFrom("applied" as const, "failed" as const, "stopped" as const, "cut" as const),
  }),
);

const part: fc.Arbitrary<FramePart> = fc.oneof(
  fc.record({ kind: fc.constant("update" as const), slot, bytes: fc.uint8Array() }),
  fc.record({
    kind: fc.constant("update-drawn" as const),
    slot,
    editId,
    offset: fc.nat(),
    chars: fc.nat(),
    check: fc.nat(),
    head: fc.uint8Array(),
    tail: fc.uint8Array(),
  }),
  fc.tuple(fact, slot).map(([each, at]) => partOfFact(each, at, "turn-0001")),
);

const frame = fc.record({
  sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  oldestTokenMs: fc.double({ noNaN: true }),
  sentMs: fc.double({ noNaN: true }),
  parts: fc.array(part, { maxLength: 20 }),
});

test("[W1] what is encoded is decoded to the same parts in the same order", () => {
  fc.assert(
    fc.property(frame, (each) => {
      expect(decodeFrame(encodeFrame(each))).toEqual(structuredClone(each));
    }),
    { numRuns: 500 },
  );
});

test("[W2] any bytes are a frame or nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeFrame(bytes)),
    { numRuns: 2_000 },
  );
});

test("[W2] a frame that is cut anywhere is refused whole", () => {
  fc.assert(
    fc.property(frame, fc.nat(), (each, at) => {
      const bytes = encodeFrame(each);
      expect(decodeFrame(bytes.slice(0, at % bytes.length))).toBeNull();
    }),
  );
});

test("[W3] a draft's fact survives the way over the wire unchanged", () => {
  fc.assert(
    fc.property(fact, slot, (each, at) => {
      const [sent] =
        decodeFrame(
          encodeFrame({ sequence: 0, oldestTokenMs: 0, sentMs: 0, parts: [partOfFact(each, at, "t")] }),
        )?.parts ?? [];
      expect(
        sent && sent.kind !== "update" && sent.kind !== "update-drawn" ? factOfPart(sent) : null,
      ).toEqual(structuredClone(each));
    }),
  );
});

test("[W4] no body makes a schema throw, and near misses are refused", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...commandNames),
      fc.anything(),
      (name, body) => void parseCommand(name, body),
    ),
    { numRuns: 2_000 },
  );
  expect(parseCommand("stop", { turnId: "turn-0001" })).toEqual({ turnId: "turn-0001" });
  expect(parseCommand("stop", { turnId: "turn-0001", more: 1 })).toBeNull();
  expect(parseCommand("stop", { turnId: "../../etc" })).toBeNull();
  expect(parseCredentials({ protocol: 1, projectId: "project-1", admin: true })).toBeNull();
});
