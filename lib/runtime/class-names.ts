/** What may be a class in a source: Tailwind makes a rule of each that is one. */

/** Classes stand in strings: the words of a page's text would each cost a build. */
export function* classNamesIn(source: string): Generator<string> {
  for (const quoted of [/"([^"\n]*)"/g, /'([^'\n]*)'/g, /`([^`]*)`/g]) {
    for (const match of source.matchAll(quoted))
      for (const piece of (match[1] ?? "").split(/[\s"'`${}]+/)) if (isClassLike(piece)) yield piece;
  }
}

function isClassLike(piece: string): boolean {
  return piece !== "" && piece.length <= 120;
}
