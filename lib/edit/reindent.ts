/** Puts replacement lines at the indentation of the place they go to; how they stand to each other is kept. */

/** `have`: indentation in the file, `want`: what the model wrote at the same line. Null when nothing has to change. */
export function reindenter(have: string, want: string): ((line: string) => string) | null {
  if (have === want) return null;
  const translate = unitTranslator(have, want);
  return (line) => {
    if (line.trim() === "") return line;
    if (line.startsWith(want)) return have + translate(line.slice(want.length));
    // Less indented than the first line: give it what the place has more.
    return have.endsWith(want) ? have.slice(0, have.length - want.length) + line : line;
  };
}

export function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? "";
}

/** Tabs for spaces or the other way round: deeper levels are translated by the same measure. */
function unitTranslator(have: string, want: string): (line: string) => string {
  const [tabs, spaces] = want.includes("\t") ? [want, have] : [have, want];
  if (!/^\t+$/.test(tabs) || !/^ +$/.test(spaces)) return (line) => line;
  const size = spaces.length % tabs.length === 0 ? spaces.length / tabs.length : 2;
  const toSpaces = tabs === want;
  return (line) => {
    const indent = indentOf(line);
    const translated = toSpaces
      ? indent.replaceAll("\t", " ".repeat(size))
      : indent.replaceAll(" ".repeat(size), "\t");
    return translated + line.slice(indent.length);
  };
}
