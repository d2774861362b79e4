/** What happens when. */
import { data, section, titleOf, type Writer } from "./write.ts";

const OPEN_DAYS: [string, string, string][] = [
  ["Saturday", "Open morning", "Come in and look around; no booking."],
  ["First Friday", "Long evening", "Open until nine, with something to eat."],
  ["Last Sunday", "Quiet hours", "For everyone who likes it slow."],
];

export const Events: Writer = (page) => {
  const title = titleOf(page, "Events");
  const { dates = OPEN_DAYS } = page.brief.subject;
  const rows = data(
    "dates",
    dates.map(([when, what, text]) => ({ when, what, text })),
  );
  if (page.layouts.Events === "rows")
    return section(
      "Events",
      `      <div className="wrap">
        <h2 id="programme-title">${title}</h2>
        <ol className="mt-10">
          {dates.map((date) => (
            <li key={date.what} className="grid gap-x-8 gap-y-1 border-t border-ink py-6 last:border-b md:grid-cols-[12rem_1fr_2fr]">
              <p className="font-display text-2xl">{date.when}</p>
              <h3 className="text-2xl">{date.what}</h3>
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
            <li key={date.what} className="card p-7">
              <p className="label">{date.when}</p>
              <h3 className="mt-8 text-3xl">{date.what}</h3>
              <p className="mt-2 text-muted">{date.text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-muted">Sample dates. Put your own in their place.</p>
      </div>`,
    { data: rows },
  );
};
