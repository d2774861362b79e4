/** A table that a person pasted into a prompt: comma, semicolon or tab separated, or with bars as Markdown has it. */

export type PastedTable = {
  /** The prompt without the table's lines. */
  words: string;
  /** As it was pasted. */
  source: string;
  columns: string[];
  rows: string[][];
  /** How many rows were left out because there are too many. */
  cut: number;
};

const MOST_ROWS = 200;
const MOST_COLUMNS = 12;
const SEPARATORS = ["\t", "|", ";", ","] as const;

/** The longest run of lines with the same number of cells, its first line being the columns; null when there is none. */
export function pastedTableIn(text: string): PastedTable | null {
  // "This table: a,b" begins in the line of its words.
  const lines = text.replace(/(\p{L}:)[ \t]+(?=[^\n]*[,;\t|][^\n]*\n)/u, "$1\n").split("\n");
  const found = SEPARATORS.flatMap((separator) => runsOf(lines, separator));
  const best = found.sort((one, other) => other.cells.length - one.cells.length)[0];
  if (!best) return null;
  const [columns = [], ...rows] = best.cells;
  const around = [...lines.slice(0, best.from), ...lines.slice(best.until)];
  return {
    words: around.join("\n").trim(),
    source: lines.slice(best.from, best.until).join("\n"),
    columns,
    rows: rows.slice(0, MOST_ROWS),
    cut: Math.max(0, rows.length - MOST_ROWS),
  };
}

type Run = { from: number; until: number; cells: string[][] };

function runsOf(lines: readonly string[], separator: string): Run[] {
  const runs: Run[] = [];
  let open: Run | null = null;
  lines.forEach((line, at) => {
    const cells = cellsOf(line, separator);
    const isRow = cells.length >= 2 && cells.length <= MOST_COLUMNS;
    const fits = isRow && cells.length === open?.cells[0]?.length;
    if (fits && open && isRule(cells)) open.until = at + 1;
    else if (fits && open) {
      open.cells.push(cells);
      open.until = at + 1;
    } else {
      open = isRow && isHead(cells) ? { from: at, until: at + 1, cells: [cells] } : null;
      if (open) runs.push(open);
    }
  });
  return runs.filter(
    ({ from, cells }) =>
      cells.length >= 2 && (separator !== "," || isTight(cells) || isAnnounced(lines.slice(0, from))),
  );
}

function cellsOf(line: string, separator: string): string[] {
  const inner = separator === "|" ? line.trim().replace(/^\||\|$/g, "") : line;
  if (inner.trim() === "" || !inner.includes(separator)) return [];
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at] as string;
    if (isQuoted && character === '"' && inner[at + 1] === '"') cell += inner[++at];
    else if (character === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

/** `| --- | :-: |` below the head. */
function isRule(cells: readonly string[]): boolean {
  return cells.every((cell) => /^:?-{2,}:?$/.test(cell));
}

/** Names of columns are short and there is one for each. */
function isHead(cells: readonly string[]): boolean {
  return cells.every((cell) => cell !== "" && cell.length <= 60) && new Set(cells).size === cells.length;
}

/** Sentences have commas too: lines of prose are no table unless somebody says so before them. */
function isAnnounced(before: readonly string[]): boolean {
  return /\b(?:table|csv|data|rows|columns|spreadsheet|list)\b|:\s*$/i.test(before.join("\n").trim());
}

/** Cells, not clauses: "item,price" and a figure below. */
function isTight(cells: readonly string[][]): boolean {
  return cells.slice(1).every((row) => row.some((cell) => /^[€$£]?\s?-?\d/.test(cell)));
}
