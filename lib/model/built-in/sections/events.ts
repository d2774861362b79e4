/** What happens when. */
import { data, section, titleOf, type Writer } from "./write.ts";

export const Events: Writer = (page) => {
  const title = titleOf(page, "Events");
  const days = ["Friday", "Saturday", "Sunday"];
  const times = ["18:00", "10:00", "11:00"];
  const rows = data(
    "dates",
    page.brief.subject.steps.map(([name, text], index) => ({
      day: days[index] ?? "",
      time: times[index] ?? "",
      title: name,
      text,
    })),
  );
  if (page.layouts.Events === "rows")
    return section(
      "Events",
      `      <div className="wrap">
        <h2 id="programme-title">${title}</h2>
        <ol className="mt-10">
          {dates.map((date) => (
            <li key={date.day} className="grid gap-x-8 gap-y-1 border-t border-ink py-6 last:border-b md:grid-cols-[12rem_1fr_2fr]">
              <p className="font-display text-2xl">
                {date.day} <span className="text-muted tabular-nums">{date.time}</span>
              </p>
              <h3 className="text-2xl">{date.title}</h3>
              <p className="text-muted">{date.text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-muted">Sample dates. Put your own in their place.</p>
      </div>`,
      { data: rows },
    );
  return section(
    "Events",
    `      <div className="wrap">
        <h2 id="programme-title">${title}</h2>
        <ol className="mt-10 grid gap-5 md:grid-cols-3">
          {dates.map((date) => (
            <li key={date.day} className="card p-7">
              <p className="label">
                {date.day}, {date.time}
              </p>
              <h3 className="mt-8 text-3xl">{date.title}</h3>
              <p className="mt-2 text-muted">{date.text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-muted">Sample dates. Put your own in their place.</p>
      </div>`,
    { data: rows },
  );
};
