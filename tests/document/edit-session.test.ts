import { expect, test } from "vitest";
import { createDraftBook } from "../../lib/document/draft-book.ts";
import { openEditSession } from "../../lib/document/edit-session.ts";
import type { Origin } from "../../lib/document/types.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import type { TurnId } from "../../lib/project/ids.ts";

const model: Origin = { kind: "model", turnId: "turn-0001" as TurnId };
const person: Origin = { kind: "person", clientId: "p" };

const seeded = (text: string) => VariantDocument.seed(new Map([["/a.ts", text]]), "k");

test("a failed edit leaves the bytes as they were", () => {
  const document = seeded("one\ntwo\nthree\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 4, end: 14 });
  session.apply({ type: "splice", id: 1, path: "/a.ts", start: 4, end: 8, text: "TWO\n", used: 4, at: 8 });
  session.apply({ type: "splice", id: 1, path: "/a.ts", start: 8, end: 14, text: "", used: 0, at: 8 });
  expect(document.read("/a.ts")).toBe("one\nTWO\n");
  session.apply({
    type: "fail",
    id: 1,
    path: "/a.ts",
    reason: "truncated",
    search: "",
    text: "",
    nearest: [],
  });
  expect(document.read("/a.ts")).toBe("one\ntwo\nthree\n");
});

test("a failed edit takes back its own text and keeps what a person typed meanwhile, even inside", () => {
  const document = seeded("one\ntwo\nthree\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 4, end: 8 });
  session.apply({
    type: "splice",
    id: 1,
    path: "/a.ts",
    start: 4,
    end: 8,
    text: "model text\n",
    used: 0,
    at: 15,
  });
  document.splice("/a.ts", 0, 0, "typed above\n", person);
  document.splice("/a.ts", 17, 17, "[inside]", person);
  session.apply({
    type: "fail",
    id: 1,
    path: "/a.ts",
    reason: "truncated",
    search: "",
    text: "",
    nearest: [],
  });
  const text = document.read("/a.ts") ?? "";
  expect(text).toContain("typed above\none\n");
  expect(text).toContain("[inside]");
  expect(text).toContain("two\n");
  expect(text).not.toContain("model text");
});

test("one edit's failure leaves the other edits of the turn", () => {
  const document = seeded("one\ntwo\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 0, end: 4 });
  session.apply({ type: "splice", id: 1, path: "/a.ts", start: 0, end: 4, text: "ONE\n", used: 0, at: 4 });
  session.apply({ type: "end", id: 1, path: "/a.ts", kind: "block", tier: 1, notes: [] });
  session.apply({ type: "start", id: 2, path: "/a.ts", start: 4, end: 8 });
  session.apply({ type: "splice", id: 2, path: "/a.ts", start: 4, end: 8, text: "TWO\n", used: 0, at: 8 });
  session.apply({
    type: "fail",
    id: 2,
    path: "/a.ts",
    reason: "truncated",
    search: "",
    text: "",
    nearest: [],
  });
  expect(document.read("/a.ts")).toBe("ONE\ntwo\n");
});

test("undo takes the whole turn back as one step and keeps other people's text", () => {
  const document = seeded("one\ntwo\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 0, end: 4 });
  session.apply({ type: "splice", id: 1, path: "/a.ts", start: 0, end: 4, text: "ONE\n", used: 0, at: 4 });
  session.apply({ type: "end", id: 1, path: "/a.ts", kind: "block", tier: 1, notes: [] });
  session.apply({ type: "create", id: 2, path: "/b.ts" });
  session.apply({ type: "splice", id: 2, path: "/b.ts", start: 0, end: 0, text: "new\n", used: 0, at: 4 });
  session.apply({ type: "end", id: 2, path: "/b.ts", kind: "file", tier: 0, notes: [] });
  document.splice("/a.ts", 8, 8, "typed\n", person);
  session.close().undo();
  expect(document.read("/a.ts")).toBe("one\ntwo\ntyped\n");
  expect(document.read("/b.ts")).toBeNull();
});

test("a failed new file disappears again", () => {
  const document = seeded("one\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/new.ts", start: 0, end: 0, whole: true });
  session.apply({ type: "delta", id: 1, text: "const a = 1;\n" });
  expect(document.read("/new.ts")).toBeNull();
  session.apply({ type: "create", id: 1, path: "/new.ts" });
  session.apply({
    type: "splice",
    id: 1,
    path: "/new.ts",
    start: 0,
    end: 0,
    text: "const a = 1;\n",
    used: 13,
    at: 13,
  });
  expect(document.read("/new.ts")).toBe("const a = 1;\n");
  expect(session.abandon("stopped")).toEqual([{ type: "draft-end", editId: 1, result: "stopped" }]);
  expect(document.read("/new.ts")).toBeNull();
});

test("the region of an open edit moves with typing before it, and is null once a person typed in it", () => {
  const document = seeded("one\ntwo\nthree\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 4, end: 8 });
  expect(session.region(1)).toEqual({ start: 4, end: 8 });
  document.splice("/a.ts", 0, 0, "zero\n", person);
  expect(session.region(1)).toEqual({ start: 9, end: 13 });
  document.splice("/a.ts", 18, 18, "late", person);
  expect(session.region(1)).toEqual({ start: 9, end: 13 });
  document.splice("/a.ts", 10, 11, "x", person);
  expect(session.region(1)).toBeNull();
});

test("typing in a part that the edit has already written does not end it", () => {
  const document = seeded("one\ntwo\nthree\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/a.ts", start: 0, end: 14 });
  session.apply({ type: "splice", id: 1, path: "/a.ts", start: 0, end: 4, text: "ONE\n", used: 0, at: 4 });
  document.splice("/a.ts", 1, 1, "!", person);
  expect(session.region(1)).toEqual({ start: 5, end: 15 });
});

test("a viewer's book follows the facts: document with all drafts taken is the final text", () => {
  const document = seeded("one\ntwo\nthree\n");
  const viewer = new VariantDocument();
  const book = createDraftBook(viewer);
  viewer.applyUpdate(document.encodeState(), { kind: "remote" });
  document.onUpdate((bytes) => viewer.applyUpdate(bytes, { kind: "remote" }));
  const session = openEditSession(document, model);
  const painted = () =>
    book
      .open()
      .reduce(
        (text, draft) => text.slice(0, draft.start) + draft.text + text.slice(draft.end),
        viewer.read("/a.ts") ?? "",
      );
  const apply = (edit: Parameters<typeof session.apply>[0]) => {
    for (const fact of session.apply(edit)) book.apply(fact, "turn-0001");
  };
  apply({ type: "start", id: 1, path: "/a.ts", start: 4, end: 8 });
  apply({ type: "delta", id: 1, text: "TW" });
  expect(painted()).toBe("one\nTWthree\n");
  apply({ type: "delta", id: 1, text: "O\nand\n" });
  expect(painted()).toBe("one\nTWO\nand\nthree\n");
  apply({ type: "splice", id: 1, path: "/a.ts", start: 4, end: 8, text: "TWO\n", used: 4, at: 8 });
  expect(viewer.read("/a.ts")).toBe("one\nTWO\nthree\n");
  expect(painted()).toBe("one\nTWO\nand\nthree\n");
  document.splice("/a.ts", 0, 0, "zero\n", person);
  expect(painted()).toBe("zero\none\nTWO\nand\nthree\n");
  apply({ type: "splice", id: 1, path: "/a.ts", start: 13, end: 13, text: "and\n", used: 4, at: 17 });
  apply({ type: "end", id: 1, path: "/a.ts", kind: "block", tier: 1, notes: [] });
  expect(book.open()).toEqual([]);
  expect(viewer.read("/a.ts")).toBe("zero\none\nTWO\nand\nthree\n");
});

test("a late joiner takes the drafts so far and follows from there", () => {
  const document = seeded("one\n");
  const session = openEditSession(document, model);
  session.apply({ type: "start", id: 1, path: "/new.ts", start: 0, end: 0, whole: true });
  session.apply({ type: "delta", id: 1, text: "so " });
  const book = createDraftBook(document);
  book.reset(session.open().map((draft) => ({ ...draft, turnId: "turn-0001" })));
  for (const fact of session.apply({ type: "delta", id: 1, text: "far" })) book.apply(fact, "turn-0001");
  expect(book.open()).toEqual([{ id: "turn-0001:1", path: "/new.ts", start: 0, end: 0, text: "so far" }]);
});
