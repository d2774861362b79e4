/** Files → the edit text that a model would write. */
export function wholeFile(path: string, code: string): string {
  const language = path.endsWith(".css")
    ? "css"
    : path.endsWith(".html")
      ? "html"
      : path.endsWith(".ts")
        ? "ts"
        : "tsx";
  return `${path}\n\`\`\`${language}\n${code.endsWith("\n") ? code : `${code}\n`}\`\`\`\n\n`;
}

export function replaceBlock(path: string, search: string, replacement: string): string {
  return `${path}\n\`\`\`tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n\`\`\`\n\n`;
}

/** The changed lines alone when they are few and stand only once, else the whole file. */
export function changeOf(path: string, before: string | undefined, after: string): string {
  const [old, fresh] = [(before ?? "").split("\n"), after.split("\n")];
  let head = 0;
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, fresh.length) - head && old.at(-1 - tail) === fresh.at(-1 - tail))
    tail++;
  for (let context = 1; before !== undefined && context <= 4; context++) {
    const [from, until] = [Math.max(0, head - context), Math.max(0, tail - context)];
    const search = old.slice(from, old.length - until);
    if (search.length * 2 > old.length) break;
    if (isUnique(old, search))
      return replaceBlock(path, search.join("\n"), fresh.slice(from, fresh.length - until).join("\n"));
  }
  return wholeFile(path, after);
}

function isUnique(lines: readonly string[], search: readonly string[]): boolean {
  if (search.every((line) => line.trim() === "")) return false;
  const isAt = (at: number) => search.every((line, index) => lines[at + index]?.trim() === line.trim());
  return lines.filter((_, at) => isAt(at)).length === 1;
}
