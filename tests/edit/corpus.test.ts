import { expect, test } from "vitest";
import { piecesOf, type Run, runModelText, runToolCalls } from "./apply.ts";
import { type Change, changesOf, corpus, FORMATS, toolArguments } from "./generate.ts";
import { parses } from "./parses.ts";

const files = corpus();
const changes = Object.entries(files).flatMap(([path, text], number) =>
  changesOf(path, text, 18, number + 1),
);

function apply(change: Change, format: string): Run {
  const given = { [change.path]: change.before };
  const eachState = (document: Run["document"]) => {
    const text = document.read(change.path) ?? "";
    if (text !== change.before) expect(parses(change.path, text), text).toBe(true);
  };
  if (format === "tool call")
    return runToolCalls(given, [{ name: "edit", pieces: [...piecesOf(toolArguments(change), 9)] }], "stop");
  return runModelText(given, piecesOf(FORMATS[format]?.(change) ?? "", 9), { eachState });
}

test("[S5] the corpus has enough files and edits, and each file parses", () => {
  expect(Object.keys(files).length).toBeGreaterThanOrEqual(30);
  expect(changes.length).toBeGreaterThanOrEqual(500);
  for (const [path, text] of Object.entries(files)) expect(parses(path, text), path).toBe(true);
});

test.each([...Object.keys(FORMATS), "tool call"])(
  "[S5] every state of every generated edit parses, and the end is what was meant: %s",
  (format) => {
    const failed: string[] = [];
    // All of them as blocks; of the others, which share what matters, every third.
    const some = format === "SEARCH/REPLACE" ? changes : changes.filter((_change, at) => at % 3 === 0);
    for (const change of some) {
      const run = apply(change, format);
      if (run.files.get(change.path) !== change.after)
        failed.push(`${change.path} ${JSON.stringify(run.result.failed)}`);
    }
    expect(failed).toEqual([]);
  },
  120_000,
);
