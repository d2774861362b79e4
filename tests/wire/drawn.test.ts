import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { drawFrom, redraw } from "../../lib/wire/drawn.ts";

const text = fc.string({ unit: "grapheme", minLength: 32, maxLength: 200 });

function insertion(inserted: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, inserted);
  return Y.encodeStateAsUpdate(doc);
}

test("[W22] an update without its text is whole again with the draft that holds it, and with no other", () => {
  fc.assert(
    fc.property(text, fc.string(), fc.string(), (inserted, before, after) => {
      const update = insertion(inserted);
      const draft = before + inserted + after;
      const drawn = drawFrom(update, [
        { editId: 6, text: "another" },
        { editId: 7, text: draft },
      ]);
      // Half a character, which UTF-8 cannot say, is sent as it is.
      if (drawn === null) return void expect(inserted).toMatch(/\p{Surrogate}/u);
      expect(drawn.editId).toBe(7);
      expect(drawn.head.length + drawn.tail.length).toBeLessThan(update.length - 30);
      expect(redraw(drawn, draft)).toEqual(update);
      expect(redraw(drawn, `x${draft.slice(1)}`) ?? update).toEqual(update);
      expect(redraw(drawn, "")).toBeNull();
      expect(redraw(drawn, null)).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("[W22] text that stands in no draft, short text and deletions are sent as they are", () => {
  const long = "export default function App() { return null; }";
  expect(drawFrom(insertion(long), [{ editId: 1, text: long.slice(1) }])).toBeNull();
  expect(drawFrom(insertion("short"), [{ editId: 1, text: "short" }])).toBeNull();
  expect(drawFrom(insertion(long), [])).toBeNull();
  const doc = new Y.Doc();
  doc.getText("t").insert(0, long);
  const before = Y.encodeStateVector(doc);
  doc.getText("t").delete(0, 40);
  expect(drawFrom(Y.encodeStateAsUpdate(doc, before), [{ editId: 1, text: long }])).toBeNull();
});
