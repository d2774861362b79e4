/** Here and elsewhere. */
import { data, section, titleOf, type Writer } from "./write.ts";

export const Compare: Writer = (page) => {
  const title = titleOf(page, "Compare");
  const [one = ["", ""], two = ["", ""], three = ["", ""]] = page.brief.subject.features;
  const rows = data("rows", [
    { what: one[0], here: "Yes", elsewhere: "Sometimes" },
    { what: two[0], here: "Yes", elsewhere: "At extra cost" },
    { what: three[0], here: "Yes", elsewhere: "Rarely" },
  ]);
  if (page.layouts.Compare === "table")
    return section(
      "Compare",
      `      <div className="wrap">
        <h2 id="compare-title">${title}</h2>
        <table className="mt-8 w-full text-left">
          <caption className="sr-only">${title}</caption>
          <thead>
            <tr className="border-b-2 border-ink">
              <td />
              <th scope="col" className="px-4 py-3 text-accent">
                Here
              </th>
              <th scope="col" className="py-3 font-normal text-muted">
                Elsewhere
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.what} className="border-b border-line">
                <th scope="row" className="py-4 pr-4 font-medium">
                  {row.what}
                </th>
                <td className="bg-surface px-4 py-4 font-semibold">{row.here}</td>
                <td className="py-4 pl-2 text-muted">{row.elsewhere}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>`,
      { data: rows },
    );
  return section(
    "Compare",
    `      <div className="wrap">
        <h2 id="compare-title">${title}</h2>
        <div className="mt-10 grid gap-6 md:grid-cols-2">
          <div className="card bg-accent p-8 text-accent-ink">
            <h3>Here</h3>
            <ul className="mt-4 grid gap-2 text-lg">
              {rows.map((row) => (
                <li key={row.what}>✓ {row.what}</li>
              ))}
            </ul>
          </div>
          <div className="card p-8">
            <h3>Elsewhere</h3>
            <ul className="mt-4 grid gap-2 text-lg text-muted">
              {rows.map((row) => (
                <li key={row.what}>
                  {row.what}: {row.elsewhere.toLowerCase()}
                </li>
              ))}
            </ul>
          </div>
        </div>
      </div>`,
    { data: rows },
  );
};
