import { expect, test } from "vitest";
import { folderOf, rowsOf } from "../../components/code/file-rows.ts";
import { linesRound } from "../../components/code/lines-round.ts";
import { versionsFor } from "../../components/code/versions.ts";
import type { Turn, Variant } from "../../lib/project/rows.ts";

const paths = ["/index.html", "/src/App.tsx", "/src/parts/B.tsx", "/src/parts/a.css", "/src/zoo/deep/x.ts"];

test("paths are a tree: folders first, each row with its level and its place among its siblings", () => {
  const rows = rowsOf(paths, new Set(["/src/zoo"]));
  expect(rows.map(({ path, level, position, siblings }) => [path, level, position, siblings])).toEqual([
    ["/src", 1, 1, 2],
    ["/src/parts", 2, 1, 3],
    ["/src/parts/B.tsx", 3, 1, 2],
    ["/src/parts/a.css", 3, 2, 2],
    ["/src/zoo", 2, 2, 3],
    ["/src/App.tsx", 2, 3, 3],
    ["/index.html", 1, 2, 2],
  ]);
  expect(rowsOf(paths, new Set(["/src"])).map(({ path }) => path)).toEqual(["/src", "/index.html"]);
  expect(rows.map(folderOf)).toEqual([
    "/src",
    "/src/parts",
    "/src/parts",
    "/src/parts",
    "/src/zoo",
    "/src",
    "",
  ]);
});

const variant = (letter: string, more: Partial<Variant> = {}) =>
  ({ id: letter, letter, name: "", parentId: null, baseCommitId: `base-${letter}`, ...more }) as Variant;
const turn = (id: string, variantId: string, commitId: string | null) =>
  ({ id, variantId, commitId, prompt: `prompt ${id}` }) as Turn;

test("a variant is compared with its parent, any turn, its start and its siblings", () => {
  const [a, b] = [variant("A"), variant("B", { name: "Flour" })];
  const turns = [turn("1", "A", "c1"), turn("2", "B", "c2"), turn("3", "A", "c3"), turn("4", "A", null)];
  expect(versionsFor(a, [a, b], turns)).toEqual([
    { id: "parent", label: "Parent: before turn 2", commitId: "c1" },
    { id: "3", label: "Turn 2: prompt 3", commitId: "c3" },
    { id: "1", label: "Turn 1: prompt 1", commitId: "c1" },
    { id: "start", label: "Start", commitId: "base-A" },
    { id: "B", label: "Variant B, Flour, now", variantId: "B" },
  ]);
  expect(versionsFor(variant("A", { parentId: "x" as Variant["id"] }), [], [])).toEqual([
    { id: "start", label: "Start: what it was forked from", commitId: "base-A" },
  ]);
});

test("the peek is the line at the model's caret, the one before, and the one after what is replaced", () => {
  const whole = "one\ntwo\nthree\nfour\n";
  const draft = { id: "1", path: "/a.ts", start: 4, end: 7, text: "fresh\nhalf a li" };
  expect(linesRound(draft, whole)).toEqual({
    path: "/a.ts",
    before: "fresh",
    line: "half a li",
    after: "three",
  });
  expect(linesRound({ ...draft, text: "x" }, whole)).toMatchObject({
    before: "one",
    line: "x",
    after: "three",
  });
  const fresh = linesRound({ ...draft, start: 0, end: 0, text: "y".repeat(200) }, "");
  expect(fresh).toMatchObject({ before: "", after: "" });
  expect(fresh.line).toHaveLength(81);
});
