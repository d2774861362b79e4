/** A table that a person brought, as a section: its rows are a typed file of their own, the section is drawn from it. */
import { component } from "./write.ts";

export type BroughtTable = { title: string; columns: readonly string[]; rows: readonly string[][] };

export const TABLE = "DataTable";
export const TABLE_DATA = "/src/data/table.ts";

export function tableDataFile({ columns, rows }: BroughtTable): string {
  const keys = keysOf(columns);
  const fields = keys.map((key) => `${key}: string`).join("; ");
  const line = (row: readonly string[]) =>
    `  { ${keys.map((key, at) => `${key}: ${JSON.stringify(row[at] ?? "")}`).join(", ")} },`;
  const heads = columns.map((label, at) => {
    const isFigure = rows.every((row) => FIGURE.test(row[at] ?? ""));
    return `  { key: "${keys[at]}", label: ${JSON.stringify(label)}, isFigure: ${isFigure} },`;
  });
  return `/** As it was brought with the prompt. */
export type Row = { ${fields} };

export const columns: { key: keyof Row; label: string; isFigure: boolean }[] = [
${heads.join("\n")}
];

export const rows: Row[] = [
${rows.map(line).join("\n")}
];
`;
}

const FIGURE = /^(?:[€$£]\s?)?-?[\d][\d.,\s]*(?:\s?(?:€|\$|£|%|km|kg|min|h))?$|^[–—-]?$/;

export function tableSection({ title }: BroughtTable, asCards: boolean): string {
  const body = asCards ? CARDS : TABLE_BODY;
  return component(
    TABLE,
    `<section id="table" aria-labelledby="table-title" className="section">
      <div className="wrap">
        <h2 id="table-title">{${JSON.stringify(title)}}</h2>
${body}
      </div>
    </section>`,
    { imports: ['import { columns, rows } from "../data/table";'] },
  );
}

const TABLE_BODY = `        <div role="group" aria-labelledby="table-title" tabIndex={0} className="mt-8 overflow-x-auto">
          <table className="w-full text-left tabular-nums">
            <thead>
              <tr className="border-b-2 border-ink">
                {columns.map(({ key, label, isFigure }) => (
                  <th key={key} scope="col" className={\`py-3 pr-6 align-bottom \${isFigure ? "text-right" : ""}\`}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index} className="border-b border-line">
                  {columns.map(({ key, isFigure }, at) => (
                    <td key={key} className={\`py-3 pr-6 \${isFigure ? "text-right" : ""} \${at === 0 ? "font-medium" : ""}\`}>
                      {row[key]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>`;

const CARDS = `        <ul className="mt-8 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {rows.map((row, index) => (
            <li key={index} className="card p-6">
              {columns.map(({ key, label }, at) =>
                at === 0 ? (
                  <h3 key={key}>{row[key] || "–"}</h3>
                ) : (
                  <p key={key} className="mt-2 flex justify-between gap-4 border-t border-line pt-2 tabular-nums">
                    <span className="text-muted">{label}</span>
                    <span>{row[key]}</span>
                  </p>
                ),
              )}
            </li>
          ))}
        </ul>`;

/** "Price (€)" → "priceEur"; never twice the same. */
function keysOf(columns: readonly string[]): string[] {
  const taken = new Set<string>();
  return columns.map((label, at) => {
    const words = label
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9 ]/g, "")
      .trim()
      .split(/\s+/);
    const camel = words
      .map((word, index) =>
        index === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`,
      )
      .join("");
    const named = /^[a-z]/.test(camel) && !RESERVED.has(camel) ? camel : `column${at + 1}`;
    const key = taken.has(named) ? `${named}${at + 1}` : named;
    taken.add(key);
    return key;
  });
}

/** Names that mean something to objects. */
const RESERVED = new Set(["constructor", "prototype", "toString", "valueOf", "hasOwnProperty"]);
