/** How it goes, in order. */
import { data, section, titleOf, type Writer } from "./write.ts";

export const Steps: Writer = (page) => {
  const title = titleOf(page, "Steps");
  const rows = data(
    "steps",
    page.brief.subject.steps.map(([name, text]) => ({ title: name, text })),
  );
  if (page.layouts.Steps === "row")
    return section(
      "Steps",
      `      <div className="wrap">
        <h2 id="steps-title">${title}</h2>
        <ol className="mt-12 grid gap-x-8 gap-y-10 md:grid-cols-3">
          {steps.map((step, index) => (
            <li key={step.title} className="border-t-2 border-ink pt-5">
              <span className="font-display text-6xl leading-none text-accent">{index + 1}</span>
              <h3 className="mt-5 text-2xl">{step.title}</h3>
              <p className="mt-2 text-muted">{step.text}</p>
            </li>
          ))}
        </ol>
      </div>`,
      { data: rows },
    );
  return section(
    "Steps",
    `      <div className="wrap grid gap-10 md:grid-cols-[1fr_2fr]">
        <h2 id="steps-title">${title}</h2>
        <ol className="ml-4 border-l border-line">
          {steps.map((step, index) => (
            <li key={step.title} className="relative pb-10 pl-10 last:pb-0">
              <span
                aria-hidden="true"
                className="absolute top-0 -left-4 grid size-8 place-items-center rounded-full bg-accent text-sm font-semibold text-accent-ink"
              >
                {index + 1}
              </span>
              <h3 className="text-2xl">{step.title}</h3>
              <p className="mt-2 max-w-lg text-muted">{step.text}</p>
            </li>
          ))}
        </ol>
      </div>`,
    { data: rows },
  );
};
