import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { FileChange, Origin } from "../../lib/document/types.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";

const person: Origin = { kind: "person", clientId: "p" };
const remote: Origin = { kind: "remote" };
const files = new Map([
  ["/b.ts", "second\n"],
  ["/a.ts", "first\nline\n"],
]);

test("two seeds of the same files under the same key merge to nothing", () => {
  const one = VariantDocument.seed(files, "commit-1");
  const two = VariantDocument.seed(new Map([...files].reverse()), "commit-1");
  expect(one.encodeState()).toEqual(two.encodeState());
  one.applyUpdate(two.encodeState(), remote);
  expect(one.files()).toEqual(new Map([...files].sort()));
});

test("a seeded document goes on under its own client id", () => {
  const one = VariantDocument.seed(files, "k");
  const two = VariantDocument.seed(files, "k");
  one.splice("/a.ts", 0, 0, "1", person);
  two.splice("/a.ts", 0, 0, "2", person);
  one.applyUpdate(two.encodeState(), remote);
  two.applyUpdate(one.encodeState(), remote);
  expect(one.read("/a.ts")).toBe(two.read("/a.ts"));
  expect([...(one.read("/a.ts") ?? "").slice(0, 2)].sort()).toEqual(["1", "2"]);
});

test("the shadow always equals the text in Yjs, and the changes told rebuild it elsewhere", () => {
  const step = fc.record({
    at: fc.nat(60),
    length: fc.nat(10),
    text: fc.string({ maxLength: 8 }),
    other: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const one = VariantDocument.seed(files, "k");
      const two = VariantDocument.seed(files, "k");
      const mirror = new Map(one.files());
      one.onChange((changes) => follow(mirror, changes));
      for (const { at, length, text, other } of steps) {
        const document = other ? two : one;
        const size = document.read("/a.ts")?.length ?? 0;
        const start = Math.min(at, size);
        document.splice("/a.ts", start, Math.min(size, start + length), text, person);
        if (other && at % 3 === 0) one.applyUpdate(two.encodeState(one.stateVector()), remote);
      }
      one.applyUpdate(two.encodeState(one.stateVector()), remote);
      two.applyUpdate(one.encodeState(two.stateVector()), remote);
      expect(one.read("/a.ts")).toBe(one.text("/a.ts")?.toString());
      expect(two.read("/a.ts")).toBe(one.read("/a.ts"));
      expect(mirror).toEqual(one.files());
    }),
    { numRuns: 300 },
  );
});

function follow(mirror: Map<string, string>, changes: FileChange[]): void {
  for (const change of changes) {
    if (change.type === "create") mirror.set(change.path, change.text);
    else if (change.type === "delete") mirror.delete(change.path);
    else {
      const text = mirror.get(change.path) ?? "";
      mirror.set(change.path, text.slice(0, change.start) + change.text + text.slice(change.end));
    }
  }
}

test("files are made, moved, removed and restored", () => {
  const document = VariantDocument.seed(files, "k");
  document.create("/c.ts", "third", person);
  document.move("/a.ts", "/d.ts", person);
  document.remove("/b.ts", person);
  expect(document.paths()).toEqual(["/c.ts", "/d.ts"]);
  expect(document.read("/d.ts")).toBe("first\nline\n");
  document.restore(files, { kind: "system", reason: "restore" });
  expect(document.files()).toEqual(new Map([...files].sort()));
});

test("restore replaces only the lines that differ, so an anchor elsewhere stays", () => {
  const document = VariantDocument.seed(new Map([["/a.ts", "one\ntwo\nthree\n"]]), "k");
  const anchor = document.anchor("/a.ts", 8, "start") ?? "";
  document.restore(new Map([["/a.ts", "ONE MORE\ntwo\nthree\n"]]), { kind: "system", reason: "restore" });
  expect(document.resolve("/a.ts", anchor)).toBe("ONE MORE\ntwo\n".length);
});

test("a region's anchors hold what is typed on its borders and survive its deletion", () => {
  const document = VariantDocument.seed(new Map([["/a.ts", "abcdef"]]), "k");
  const start = document.anchor("/a.ts", 2, "start") ?? "";
  const end = document.anchor("/a.ts", 4, "end") ?? "";
  const region = () => [document.resolve("/a.ts", start), document.resolve("/a.ts", end)];
  document.splice("/a.ts", 2, 2, "<", person);
  document.splice("/a.ts", 5, 5, ">", person);
  expect(region()).toEqual([2, 6]);
  document.splice("/a.ts", 2, 6, "", person);
  expect(region()).toEqual([2, 2]);
  expect(document.resolve("/a.ts", "not an anchor")).toBeNull();
});

test("malformed bytes are refused, never thrown, and change nothing", () => {
  const document = VariantDocument.seed(files, "k");
  const before = document.encodeState();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const copy = VariantDocument.seed(files, "k");
      const result = copy.applyUpdate(bytes, remote);
      if (!result.ok) expect(copy.files()).toEqual(document.files());
    }),
    { numRuns: 500 },
  );
  expect(document.encodeState()).toEqual(before);
});

test("what an editor binding types counts as a person, what arrives as bytes keeps its origin", () => {
  const document = VariantDocument.seed(files, "k");
  const seen: Origin[] = [];
  document.onUpdate((_bytes, origin) => seen.push(origin));
  document.doc.transact(() => document.text("/a.ts")?.insert(0, "x"), { binding: true });
  const other = new VariantDocument();
  other.applyUpdate(document.encodeState(), remote);
  other.splice("/a.ts", 0, 1, "", person);
  document.applyUpdate(other.encodeState(document.stateVector()), remote);
  expect(seen.map((origin) => origin.kind)).toEqual(["person", "remote"]);
});

test("a stored state gives the same document, however often it is stored; states of the first encoding are read too", () => {
  const document = VariantDocument.seed(files, "k");
  document.splice("/a.ts", 0, 5, "fresh", person);
  const stored = new VariantDocument();
  stored.applyAtRest(document.encodeAtRest(), remote);
  const older = new VariantDocument();
  older.applyAtRest(document.encodeState(), remote);
  for (const each of [stored, older]) {
    expect(each.files()).toEqual(document.files());
    expect(each.encodeState()).toEqual(document.encodeState());
    expect(each.encodeAtRest()).toEqual(document.encodeAtRest());
  }
  expect(document.encodeAtRest()[0]).toBe(0);
});

test("an update that waits for another is known as pending", () => {
  const source = VariantDocument.seed(files, "k");
  const updates: Uint8Array[] = [];
  source.onUpdate((bytes) => updates.push(bytes));
  source.splice("/a.ts", 0, 0, "1", person);
  source.splice("/a.ts", 1, 1, "2", person);
  const late = VariantDocument.seed(files, "k");
  Y.applyUpdate(late.doc, updates[1] as Uint8Array);
  expect(late.hasPending()).toBe(true);
  Y.applyUpdate(late.doc, updates[0] as Uint8Array);
  expect(late.hasPending()).toBe(false);
  expect(late.read("/a.ts")).toBe("12first\nline\n");
});

test("a splice outside of the text or of a missing file says what was seen", () => {
  const document = VariantDocument.seed(files, "k");
  expect(() => document.splice("/none.ts", 0, 0, "", person)).toThrow('there is no file "/none.ts"');
  expect(() => document.splice("/a.ts", 3, 99, "", person)).toThrow("outside of");
});
