/** Going back by words: over the designer's own answers, around what a person changed, and not over anyone else's. */
import { expect, test } from "vitest";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import type { Files } from "../../../lib/project/files.ts";
import { designedFiles, requestOf } from "./designed.ts";

const BAKERY = requestOf().text;
const first = designedFiles();

/** A conversation on one variant; gives the files after each prompt and what was answered to the last. */
function converse(prompts: string[], by: (files: Files, index: number) => Files = (files) => files) {
  const history = [{ prompt: BAKERY, result: "" }];
  const states: Files[] = [first];
  let answer = "";
  for (const [index, text] of prompts.entries()) {
    const files = by(states.at(-1) ?? first, index);
    const asked = { kind: "change" as const, text, files, history: [...history] };
    answer = [...answerTo(requestOf(asked))].join("");
    states.push(designedFiles(asked));
    history.push({ prompt: text, result: "" });
  }
  return { states, files: states.at(-1) ?? first, answer };
}

test.each([
  "undo that",
  "undo",
  "take that back",
  "put it back please",
  "revert",
  "go back",
  "as it was before",
  "it was better before",
  "no, undo",
  "forget that",
])("%s brings the page back to what it was", (words) => {
  const { files, answer } = converse(["darker", words]);
  expect(files).toEqual(first);
  expect(answer).toContain("Took back “darker”");
});

test("undoing twice goes two back, and a new wish starts from there", () => {
  const { states } = converse(["darker", "mono headings", "undo that", "undo that", "tighter", "undo"]);
  expect(states[3]).toEqual(states[1]);
  expect(states[4]).toEqual(first);
  expect(states[6]).toEqual(first);
});

test("redo brings back what was undone", () => {
  const { states } = converse(["darker", "undo that", "redo"]);
  expect(states[3]).toEqual(states[1]);
});

test("three other directions can be taken back, and are not drawn again afterwards", () => {
  const { states } = converse(["three other directions", "undo that", "three other directions"]);
  expect(states[2]?.get("/src/index.css")).toBe(first.get("/src/index.css"));
  expect(states[2]?.get("/src/App.tsx")).toBe(first.get("/src/App.tsx"));
  expect(states[3]?.get("/src/index.css")).not.toBe(states[1]?.get("/src/index.css"));
});

test("what a person changed since then stays", () => {
  const { files } = converse(["darker", "undo that"], (now, index) =>
    index === 1
      ? new Map([...now, ["/src/index.css", `${now.get("/src/index.css")}\n/* by hand */\n`]])
      : now,
  );
  expect(files.get("/src/index.css")).toBe(`${first.get("/src/index.css")}\n/* by hand */\n`);
});

test("an answer that was not the designer's is not touched, and it says so", () => {
  const { states, answer } = converse(["darker", "undo that"], (now, index) =>
    index === 1 ? new Map([...now, ["/src/index.css", "body { color: red; }\n"]]) : now,
  );
  expect(states[2]?.get("/src/index.css")).toBe("body { color: red; }\n");
  expect(answer).toMatch(/could not take back “darker”/);
});

test("at the beginning there is nothing to go back to", () => {
  const { files, answer } = converse(["undo that"]);
  expect(files).toEqual(first);
  expect(answer).toMatch(/nothing before this/);
});
