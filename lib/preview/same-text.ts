/** Where another variant says the same words as a text that was edited in place: only as such a text, and only where one place is meant. */
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { tagsOf } from "#lib/edit/tags.ts";
import { literalOf, quoteOf, shownText, type TextLiteral, writtenText } from "#lib/edit/text-literal.ts";

export type TextPlace = TextLiteral & { path: string; quote: string };

/** The only one in the file of the same name, else the only one of all files; null: there is none, or nobody can tell which. */
export function placeOfText(
  document: Pick<VariantDocument, "paths" | "read">,
  path: string,
  words: string,
): TextPlace | null {
  const all = document.paths().flatMap((each) => placesIn(each, document.read(each) ?? "", words));
  const here = all.filter((place) => place.path === path);
  const meant = here.length > 0 ? here : all;
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** Words as they stand in the source of that place. */
export function sourceOfText({ kind, quote }: TextPlace, words: string): string {
  return writtenText(kind, words, quote);
}

function placesIn(path: string, source: string, words: string): TextPlace[] {
  return tagsOf(path, source).flatMap((tag) => {
    const literal = tag && literalOf(source, tag);
    if (!literal || shownText(literal.kind, source.slice(literal.start, literal.end)) !== words) return [];
    return [{ ...literal, path, quote: quoteOf(source, literal) }];
  });
}
