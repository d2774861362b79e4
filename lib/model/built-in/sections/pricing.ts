/** What it offers, at which price. */
import { pricesOf } from "../understand.ts";
import { data, section, titleOf, type Writer } from "./write.ts";

export const Pricing: Writer = (page) => {
  const title = titleOf(page, "Pricing");
  const rows = data(
    "rows",
    pricesOf(page.brief).map(([item, price]) => ({ item, price })),
  );
  const note = `<p className="mt-6 text-sm text-muted">Sample prices. Put your own in their place.</p>`;
  if (page.layouts.Pricing === "leaders")
    return section(
      "Pricing",
      `      <div className="wrap grid gap-x-16 gap-y-8 md:grid-cols-[5fr_7fr]">
        <h2 id="offer-title">${title}</h2>
        <div>
          <dl className="text-lg">
            {rows.map((row) => (
              <div key={row.item} className="flex items-baseline gap-3 py-3">
                <dt>{row.item}</dt>
                <span aria-hidden="true" className="flex-1 border-b border-dotted border-muted" />
                <dd className="font-medium tabular-nums">{row.price}</dd>
              </div>
            ))}
          </dl>
          ${note}
        </div>
      </div>`,
      { data: rows },
    );
  if (page.layouts.Pricing === "cards")
    return section(
      "Pricing",
      `      <div className="wrap">
        <h2 id="offer-title">${title}</h2>
        <dl className="mt-10 grid grid-cols-2 gap-3 sm:gap-5 lg:grid-cols-4">
          {rows.map((row, index) => (
            <div key={row.item} className={\`card flex min-h-36 flex-col justify-between gap-4 p-5 sm:min-h-44 sm:p-6 \${index === 0 ? "bg-accent text-accent-ink" : ""}\`}>
              <dt className="text-lg font-medium">{row.item}</dt>
              <dd className="font-display text-2xl tabular-nums sm:text-4xl">{row.price}</dd>
            </div>
          ))}
        </dl>
        ${note}
      </div>`,
      { data: rows },
    );
  return section(
    "Pricing",
    `      <div className="wrap">
        <h2 id="offer-title">${title}</h2>
        <table className="mt-8 w-full text-left">
          <caption className="sr-only">${title}</caption>
          <thead className="label text-muted">
            <tr className="border-b-2 border-ink">
              <th scope="col" className="py-3 font-normal">
                No.
              </th>
              <th scope="col" className="py-3 font-normal">
                Item
              </th>
              <th scope="col" className="py-3 text-right font-normal">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.item} className="border-b border-line">
                <td className="w-16 py-4 text-muted tabular-nums md:w-40">{index + 1}</td>
                <th scope="row" className="py-4 text-lg font-medium">
                  {row.item}
                </th>
                <td className="py-4 text-right text-lg tabular-nums">{row.price}</td>
              </tr>
            ))}
          </tbody>
        </table>
        ${note}
      </div>`,
    { data: rows },
  );
};
