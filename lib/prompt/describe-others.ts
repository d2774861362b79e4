/** "Like B's hero": what the words name of another variant, as data. */
import { fenced, isNamed } from "./describe-files.ts";
import type { PromptRequest } from "./types.ts";

const MOST_FILES = 3;
const MOST_CHARS = 6_000;

export function describeOthers({ others = [], letter, text }: PromptRequest): string {
  return others
    .filter((other) => other.letter !== letter)
    .flatMap((other) => {
      const named = [...other.files].filter(
        ([path, source]) =>
          /\.(?:[jt]sx|css)$/.test(path) && isNamed(path, text) && source.length <= MOST_CHARS,
      );
      if (named.length === 0) return [];
      const shown = named
        .slice(0, MOST_FILES)
        .map(([path, source]) => fenced(path, source.replaceAll("</data>", "")));
      return [`# As variant ${other.letter} has it\n<data>\n${shown.join("\n\n")}\n</data>`];
    })
    .join("\n\n");
}
