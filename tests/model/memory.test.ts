import { expect, test } from "vitest";
import { messagesAfter } from "../../lib/model/memory.ts";
import type { Message } from "../../lib/prompt/types.ts";

const said = (text: string): Message[] =>
  text.split(" ").map((each) => ({
    role: each.startsWith("s") ? "system" : each.startsWith("a") ? "assistant" : "user",
    content: each,
  }));
const rest = (known: string, asked: string) => {
  const memory = { responseId: "r", messages: said(known), calls: [] };
  return messagesAfter(memory, said(asked))?.map(({ content }) => content) ?? null;
};

test.each([
  // The answer need not stand in the prompt, and may.
  ["s1 u1 a1", "s1 u1 u2", ["u2"]],
  ["s1 u1 a1", "s1 u1 a1 u2", ["u2"]],
  ["s1 u1", "s1 u1 u2 u3", ["u2", "u3"]],
  ["s1 u1 a1 u2 a2", "s1 u1 u2 u3", ["u3"]],
  // Nothing new, another beginning, or words in between that the prompt does not have.
  ["s1 u1 a1", "s1 u1", null],
  ["s1 u1 a1", "s2 u1 u2", null],
  ["s1 u1 a1", "s1 u9 u2", null],
  ["s1 u1 a1 u2 a2", "s1 u1 u3", null],
  ["s1 u1 a1", "s1", null],
] as [string, string, string[] | null][])("who knows %j needs of %j: %j", (known, asked, expected) => {
  expect(rest(known, asked)).toEqual(expected);
});
