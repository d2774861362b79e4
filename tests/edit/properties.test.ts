/** Properties of all formats over generated answers, whole and damaged (edits.md §11). TRIPTYCH_RUNS asks for more than 1,000 of them. */

import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { VariantDocument } from "../../lib/document/variant-document.ts";
import { normalisePath } from "../../lib/edit/path.ts";
import { Scanner } from "../../lib/edit/scanner.ts";
import type { StopReason } from "../../lib/edit/types.ts";
import { type Run, type RunOptions, runModelText, runToolCalls } from "./apply.ts";
import { type Change, changesOf, corpus, FORMATS, toolArguments } from "./generate.ts";
import { parses } from "./parses.ts";

const numRuns = Number(process.env.TRIPTYCH_RUNS ?? 1_000);
vi.setConfig({ testTimeout: 30_000 + numRuns * 100 });
const all = corpus();
const changes = Object.entries(all).flatMap(([path, text], number) => changesOf(path, text, 4, number + 77));
const formats = Object.keys(FORMATS);

const anyChange = fc.constantFrom(...changes);
const anyFormat = fc.constantFrom(...formats);
const anyStop = fc.constantFrom<StopReason>("stop", "length", "user", "network");
const anyLengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 });
/** What models get wrong: a piece is missing, doubled, or something stands in between. */
const anyDamage = fc.record({
  at: fc.nat(),
  length: fc.integer({ min: 0, max: 40 }),
  put: fc.constantFrom(
    "",
    "=======\n",
    "```\n",
    "\n",
    ">>>>>>> REPLACE\n",
    "*** End Patch\n",
    "@@\n",
    "</new_text>",
    "{",
    "🙂",
    "\r\n",
    "...\n",
  ),
});
type Damage = { at: number; length: number; put: string };

const anyAnswer = fc.record({
  parts: fc.array(fc.tuple(anyChange, anyFormat), { minLength: 1, maxLength: 3 }),
  damages: fc.array(anyDamage, { maxLength: 2 }),
});

function textOf({ parts, damages }: { parts: [Change, string][]; damages: Damage[] }): string {
  const text = parts.map(([change, format]) => `Next:\n\n${FORMATS[format]?.(change)}\n`).join("");
  return damages.reduce((damaged, { at, length, put }) => {
    const from = at % (damaged.length + 1);
    return damaged.slice(0, from) + put + damaged.slice(from + length);
  }, text);
}

function filesOf(parts: [Change, string][]): Record<string, string> {
  return Object.fromEntries(parts.map(([{ path, before }]) => [path, before]));
}

function piecesOf(text: string, lengths: number[]): string[] {
  const pieces: string[] = [];
  for (let at = 0, index = 0; at < text.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

function cut(given: Record<string, string>, text: string, lengths: number[], options: RunOptions = {}): Run {
  return runModelText(given, piecesOf(text, lengths), options);
}

/** What must hold of any answer is asked of the same runs of it: the runs are what takes the time. */
test("[F2] [S1] [S6] [L4] any answer, whole or damaged, in any format and any pieces", () => {
  fc.assert(
    fc.property(anyAnswer, anyLengths, anyStop, (answer, lengths, stop) => {
      const text = textOf(answer);
      const given = filesOf(answer.parts);
      const run = cut(given, text, lengths, { stop, eachState: expectToParse });
      expectToParse(run.document);
      expectDraftsToShow(run.edits);
      const whole = runModelText(given, [text], { stop });
      expect([run.files, run.result, run.prose]).toEqual([whole.files, whole.result, whole.prose]);
      run.undo();
      expect(Object.fromEntries(run.document.files())).toEqual(given);
    }),
    { numRuns },
  );
});

/** [S1] Each file of the document parses; those of the corpus are known to. */
function expectToParse(document: Run["document"]): void {
  for (const [path, text] of document.files())
    if (all[path] !== text && !parses(path, text)) expect.fail(`does not parse: ${text}`);
}

/** [S6] Splices take from the front of the draft exactly what it showed. */
function expectDraftsToShow(edits: Run["edits"]): void {
  const drafts = new Map<number, string>();
  for (const edit of edits) {
    if (edit.type === "start") drafts.set(edit.id, "");
    else if (edit.type === "delta") drafts.set(edit.id, (drafts.get(edit.id) ?? "") + edit.text);
    else if (edit.type === "splice") {
      const draft = drafts.get(edit.id) ?? "";
      const taken = draft.slice(0, edit.used);
      expect(taken.length).toBe(edit.used);
      // Equal lines at both ends are left out of a splice; what waits enters with the edit that completes it.
      if (edit.used > 0 && edit.at === edit.start + edit.text.length)
        expect(edit.text.length + taken.length).toBeGreaterThan(0);
      drafts.set(edit.id, draft.slice(edit.used));
    }
  }
}

test("[S1] a new JSON file that does not parse is not made, though an empty one does not parse either", () => {
  const run = runModelText({}, ['/src/new.json\n```json\n{ "src": "\n/oven.jpg" }\n```\n']);
  expect([...run.files]).toEqual([]);
  expect(run.result.failed).toMatchObject([{ path: "/src/new.json", reason: "does-not-parse" }]);
});

test("[L4] an edit of text that is not there leaves every byte", () => {
  fc.assert(
    fc.property(anyChange, anyFormat, anyLengths, (change, format, lengths) => {
      if (change.old.length === 0 || format === "whole file") return;
      const wrong: Change = {
        ...change,
        before: change.before.replace(/\S+/g, "$&_"),
        old: change.old.map((line) => `${line}_not_there`),
      };
      const run = cut({ [change.path]: change.before }, FORMATS[format]?.(wrong) ?? "", lengths);
      expect(run.result.applied).toEqual([]);
      expect(run.files.get(change.path)).toBe(change.before);
    }),
    { numRuns },
  );
});

test("[M5] the same edit twice is the same edit once", () => {
  fc.assert(
    fc.property(anyChange, anyFormat, anyLengths, (change, format, lengths) => {
      const text = FORMATS[format]?.(change) ?? "";
      const once = cut({ [change.path]: change.before }, text, lengths);
      const twice = cut({ [change.path]: change.before }, text + text, lengths);
      expect(twice.files).toEqual(once.files);
    }),
    { numRuns },
  );
});

test("[F8] any pieces of any tool call, whole or damaged, give the same end", () => {
  fc.assert(
    fc.property(
      anyChange,
      fc.array(anyDamage, { maxLength: 1 }),
      anyLengths,
      anyStop,
      (change, damages, lengths, stop) => {
        const text = damages.reduce((damaged, { at, length, put }) => {
          const from = at % (damaged.length + 1);
          return damaged.slice(0, from) + put + damaged.slice(from + length);
        }, toolArguments(change));
        const given = { [change.path]: change.before };
        const whole = runToolCalls(given, [{ name: "edit", pieces: [text] }], stop);
        const run = runToolCalls(given, [{ name: "edit", pieces: piecesOf(text, lengths) }], stop);
        expect([run.files, run.result]).toEqual([whole.files, whole.result]);
        const after = run.files.get(change.path) ?? "";
        if (after !== change.before) expect(parses(change.path, after)).toBe(true);
      },
    ),
    { numRuns },
  );
});

test("[L1] no path leaves the project, and a normalised path stays as it is", () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "a",
    "b.ts",
    "",
    "__proto__",
    "C:",
    "\\",
    "\u0000",
    "é",
    " ",
    "etc",
    "src",
    "*",
    "`",
    "~",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("/")),
      ),
      (raw) => {
        const found = normalisePath(raw, ["/src/a.ts"]);
        if (!found.ok) return;
        expect(found.path).toMatch(/^\/[^/]/);
        expect(found.path.split("/")).not.toContain("..");
        expect(found.path.split("/")).not.toContain("__proto__");
        expect(normalisePath(found.path, ["/src/a.ts"])).toEqual(found);
      },
    ),
    { numRuns: numRuns * 10 },
  );
});

const PIECES = [
  "<<<<<<< SEARCH\n",
  "=======\n",
  ">>>>>>> REPLACE\n",
  "*** Begin Patch\n",
  "*** Update File: src/a.ts\n",
  "*** Add File: src/b.ts\n",
  "*** Delete File: src/a.ts\n",
  "*** Move to: src/c.ts\n",
  "*** End of File\n",
  "*** End Patch\n",
  "@@\n",
  "@@ -1,2 +3,4 @@\n",
  "--- a/src/a.ts\n",
  "+++ b/src/a.ts\n",
  "+++ /dev/null\n",
  "diff --git a/src/a.ts b/src/a.ts\n",
  "rename to x.ts\n",
  "+one();\n",
  "-one();\n",
  " one();\n",
  "one();\n",
  "two();\n",
  "```ts\n",
  "```diff\n",
  "```\n",
  "src/a.ts\n",
  "<old_text>",
  "</old_text>",
  "<new_text>\n",
  "</new_text>\n",
  '<edits path="src/a.ts">\n',
  "</edits>\n",
  '<dyad-write path="src/b.ts">\n',
  "</dyad-write>\n",
  "<think>\n",
  "</think>\n",
  "...\n",
  "{",
  "(",
  "`",
  "\n",
  "\r\n",
  "\r",
  "\\",
  "<",
  "</",
  "é🙂",
  " ",
  "x",
];

test("[L2] random pieces of all formats never throw and never break a file", () => {
  const given = { "/src/a.ts": "one();\ntwo();\n" };
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 50 }),
      anyLengths,
      anyStop,
      (bits, lengths, stop) => {
        const text = bits.join("");
        const whole = runModelText(given, [text], { stop });
        for (const [path, after] of whole.files) expect(parses(path, after), after).toBe(true);
        const run = cut(given, text, lengths, { stop });
        expect([run.files, run.result, run.prose]).toEqual([whole.files, whole.result, whole.prose]);
      },
    ),
    { numRuns: process.env.TRIPTYCH_RUNS ? numRuns * 5 : numRuns },
  );
});

test.each([
  ["a line that never ends", "src/n.txt\n```\nx\n", "y"],
  ["a line of markers", "src/n.txt\n```\nx\n", "<"],
  ["a line of white space", "src/n.txt\n```\nx\n", " "],
  ["lines without end", "src/n.txt\n```\nx\n", "again();\n"],
  ["a search that never ends", "src/a.ts\n<<<<<<< SEARCH\n", "one();\n"],
  ["a patch that never ends", "*** Begin Patch\n*** Update File: src/a.ts\n@@\n one();\n", "+one();\n"],
  ["a diff that never ends", "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n", "-one();\n"],
  ["a tag that never ends", '<dyad-write path="src/n.txt">\n', "</dyad-writ"],
  ["prose that never ends", "", "word <"],
])("[L3] ten times the text is ten times the reading: %s", (_what, head, piece) => {
  // Characters that the scanner takes and that are read of files: counted, because time is for the benches.
  const work = (count: number) => {
    let characters = 0;
    const feed = vi.spyOn(Scanner.prototype, "feed");
    const read = vi.spyOn(VariantDocument.prototype, "read");
    const text = head + piece.repeat(count);
    runModelText({ "/src/a.ts": "one();\ntwo();\n" }, piecesOf(text, [64]), { gate: false });
    for (const [fed] of feed.mock.calls) characters += fed.length;
    for (const { value } of read.mock.results) characters += (value as string | null)?.length ?? 0;
    vi.restoreAllMocks();
    return characters + text.length;
  };
  expect(work(20_000)).toBeLessThan(work(2_000) * 11);
});
