/** What a viewer sees of drafts: here, of a turn that this viewer has stopped. */
import { expect, test } from "vitest";
import { createDraftBook } from "../../lib/document/draft-book.ts";
import { VariantDocument } from "../../lib/document/variant-document.ts";

const start = (editId: number) => ({
  type: "draft-start" as const,
  editId,
  path: "/src/App.tsx",
  start: null,
  end: null,
});

test("drafts of a turn that was stopped here vanish at once and stay away, whatever still comes; those of others stay", () => {
  const book = createDraftBook(new VariantDocument());
  const heard: string[] = [];
  book.apply(start(1), "mine");
  book.apply(start(1), "theirs");
  book.subscribe((event) => heard.push(event.type));
  book.hide("mine", true);
  expect(heard).toEqual(["reset"]);
  book.apply({ type: "draft-delta", editId: 1, text: "still coming" }, "mine");
  book.apply(start(2), "mine");
  expect(book.open().map(({ id }) => id)).toEqual(["theirs:1"]);
  expect(heard).toEqual(["reset"]);
  // What came of it is known all the same: a document that is filled from it needs it.
  expect(book.text("mine:1")).toBe("still coming");
  // The stop was refused.
  book.hide("mine", false);
  expect(book.open().map(({ id }) => id)).toEqual(["mine:1", "theirs:1", "mine:2"]);
});
