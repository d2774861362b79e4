/** What a person points at → the part of the prompt that says so. A page made these words: they are data. */
import type { Files } from "#lib/project/files.ts";
import type { PromptRequest } from "./types.ts";

/** More of its source stands in the file, which is told in full. */
const SOURCE_CHARS = 600;

type Pointed = NonNullable<PromptRequest["picked"]>[number];

export function describePicked({
  picked = [],
  files,
  letter,
}: Pick<PromptRequest, "picked" | "files" | "letter">): string {
  if (picked.length === 0) return "";
  const own = picked.filter((each) => each.letter === letter);
  const others = picked.filter((each) => each.letter !== letter);
  return [
    own.length > 0 ? `# Pointed at: "this" in the prompt means it` : "",
    ...own.map((each) => describeOwn(each, files)),
    others.length > 0
      ? `# Pointed at in another variant: change what corresponds to it in yours, and nothing else`
      : "",
    ...others.map((each) => data(`${each.selector} ${each.text}`)),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** By its lines where the file still has an element there; else by what it says: the file may have been written meanwhile. */
function describeOwn({ path, start, end, selector, text }: Pointed, files: Files): string {
  const source = files.get(path)?.slice(start, end) ?? "";
  if (!source.startsWith("<")) return data(`${selector} ${text}`);
  const line = (files.get(path) ?? "").slice(0, start).split("\n").length;
  const cut = source.length > SOURCE_CHARS ? `${source.slice(0, SOURCE_CHARS)}…` : source;
  return `In ${path}, from line ${line}:\n${data(cut)}`;
}

function data(text: string): string {
  return `<data>\n${text.replaceAll("</data>", "").trim()}\n</data>`;
}
