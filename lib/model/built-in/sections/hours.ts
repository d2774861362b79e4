/** When it is open. */
import { data, PICTURE, section, titleOf, type Writer } from "./write.ts";

export const Hours: Writer = (page) => {
  const title = titleOf(page, "Hours");
  const { layouts, brief } = page;
  const week = data("week", [
    { day: "Monday", hours: "closed" },
    { day: "Tuesday to Friday", hours: "7:00 – 17:00" },
    { day: "Saturday", hours: "7:00 – 14:00" },
    { day: "Sunday", hours: "8:00 – 12:00" },
  ]);
  const note = `Sample hours of the ${brief.subject.noun}. Put your own in their place.`;
  if (layouts.Hours === "board")
    return section(
      "Hours",
      `      <div className="wrap grid gap-6 md:grid-cols-2">
        <div className="card p-8 md:p-12">
          <h2 id="hours-title">${title}</h2>
          <dl className="mt-8 grid gap-3">
            {week.map((row) => (
              <div key={row.day} className="flex justify-between gap-4 border-b border-line pb-3">
                <dt>{row.day}</dt>
                <dd className="font-semibold tabular-nums">{row.hours}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-6 text-sm text-muted">${note}</p>
        </div>
        <Picture of="${brief.subject.motifs[3]}" className="card aspect-4/3 h-full" />
      </div>`,
      { imports: [PICTURE], data: week },
    );
  if (layouts.Hours === "band")
    return section(
      "Hours",
      `      <div className="wrap">
        <h2 id="hours-title">${title}</h2>
        <dl className="mt-10 grid gap-8 sm:grid-cols-2 lg:grid-cols-4">
          {week.map((row) => (
            <div key={row.day} className="border-t-2 border-current pt-4">
              <dt>{row.day}</dt>
              <dd className="mt-1 font-display text-3xl">{row.hours}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-8 text-sm">${note}</p>
      </div>`,
      { data: week, ground: "bg-accent text-accent-ink" },
    );
  return section(
    "Hours",
    `      <div className="wrap grid gap-x-16 gap-y-8 md:grid-cols-[5fr_7fr]">
        <div>
          <h2 id="hours-title">${title}</h2>
          <p className="mt-4 max-w-xs text-muted">${note}</p>
        </div>
        <table className="w-full self-start text-left">
          <caption className="sr-only">${title} by day</caption>
          <tbody>
            {week.map((row) => (
              <tr key={row.day} className="border-t border-line">
                <th scope="row" className="py-4 pr-4 font-normal">
                  {row.day}
                </th>
                <td className="py-4 text-right tabular-nums">{row.hours}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>`,
    { data: week },
  );
};
