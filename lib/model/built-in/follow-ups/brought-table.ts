/** A pasted table → a data file and a section that is drawn from it; pasted again, it takes the place of the one before. */
import { type PastedTable, pastedTableIn } from "#lib/prompt/pasted-table.ts";
import { capital } from "../english.ts";
import { APP, isOutside, pathOf } from "../page-files.ts";
import { type BroughtTable, TABLE, TABLE_DATA, tableDataFile, tableSection } from "../sections/data-table.ts";
import { clean } from "../understand.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { appOf, type Draft, planOf } from "./draft.ts";
import { ensureKit } from "./kit.ts";

export type Brought = { words: string; said: string | null };

/** Puts the table of a prompt onto the page, and gives back the words that are left to be understood. */
export function takeTable(draft: Draft, text: string): Brought {
  const table = pastedTableIn(text);
  if (!table) return { words: text, said: null };
  const title = titleOf(table);
  const asCards = /\bcards?\b/i.test(table.words);
  const said = putTable(draft, { title, columns: table.columns, rows: table.rows }, asCards);
  const cut = table.cut > 0 ? ` The first ${table.rows.length} rows; ${table.cut} more were left out.` : "";
  return { words: withoutIntroduction(table.words), said: `${said}${cut}` };
}

/** What stands before it names it: "our prices: …", "this table of ferries". */
function titleOf({ words, columns }: PastedTable): string {
  const named = /\b(?:called|titled|named)\s+[“"‘']([^”"’']{2,60})[”"’']/i.exec(words)?.[1];
  const of =
    /\b(?:table|list|csv|data)\s+(?:of|with|for)\s+(?:our |the |my )?([\p{L}\d' -]{3,40})/iu.exec(
      words,
    )?.[1] ?? /\b(?:our|the|my|these)\s+([\p{L}' -]{3,40}?)(?:\s*\([^)]*\))?\s*:\s*$/iu.exec(words)?.[1];
  const plain = of && !/^(?:table|list|csv|data|rows|figures)$/i.test(of.trim()) ? of.trim() : null;
  return clean(named ?? capital(plain ?? columns.slice(0, 2).join(" and ").toLowerCase()));
}

/** "Add this table:" has been done; what else is said is a wish of its own. */
function withoutIntroduction(words: string): string {
  return words
    .split(/\n|(?<=[.;!?])\s+/)
    .filter((part) => !/:\s*$|\b(?:table|csv|data|cards?)\b/i.test(part))
    .join("\n")
    .trim();
}

function putTable(draft: Draft, table: BroughtTable, asCards: boolean): string {
  const isThere = blocksOf(draft).some(({ name }) => name === TABLE);
  const end = endOf(blocksOf(draft));
  if (!isThere && !end)
    return "I found no row of sections in App.tsx to put the table into. Sections must stand as elements on lines of their own there.";
  const source = tableSection(table, asCards);
  draft.files.set(TABLE_DATA, tableDataFile(table));
  draft.files.set(pathOf(TABLE), source);
  ensureKit(draft, planOf(draft), source);
  const rows = `${table.rows.length} ${table.rows.length === 1 ? "row" : "rows"}`;
  if (isThere || !end) return `The table has ${rows} of yours now, in ${TABLE_DATA}.`;
  showTable(draft, end);
  return `Your table is a section with ${rows}; they stand in ${TABLE_DATA}.`;
}

/** A page that was drawn anew shows the table that its files still hold. */
export function keepTable(draft: Draft): void {
  const blocks = blocksOf(draft);
  const isShown = blocks.some(({ name }) => name === TABLE);
  const end = endOf(blocks);
  if (draft.files.has(pathOf(TABLE)) && !isShown && end) showTable(draft, end);
}

/** Before what closes a page. */
function endOf(blocks: readonly Block[]): Block | undefined {
  const inner = blocks.filter(({ name }) => !isOutside(name));
  return inner.findLast(({ name }) => name !== "Contact" && name !== "Cta") ?? inner.at(-1);
}

function showTable(draft: Draft, end: Block): void {
  const lines = appOf(draft).split("\n");
  const indent = /^\s*/.exec(end.lines[0] ?? "")?.[0] ?? "";
  lines.splice(end.at + end.lines.length, 0, `${indent}<${TABLE} />`);
  const lastImport = lines.findLastIndex((line) => line.startsWith("import "));
  lines.splice(lastImport + 1, 0, `import ${TABLE} from "./components/${TABLE}";`);
  draft.files.set(APP, lines.join("\n"));
}
