/** Three things in short. */
import { component, data, section, titleOf, type Writer } from "./write.ts";

export const Facts: Writer = (page) => {
  const facts = data(
    "facts",
    page.brief.subject.facts.map(([value, label]) => ({ value, label })),
  );
  const title = titleOf(page, "Facts");
  if (page.layouts.Facts === "row")
    return component(
      "Facts",
      `<section id="facts" aria-label="${title}" className="bg-accent py-12 text-accent-ink">
      <dl className="wrap grid gap-8 sm:grid-cols-3">
        {facts.map((fact) => (
          <div key={fact.label} className="flex flex-col-reverse justify-end">
            <dt className="mt-2 text-lg">{fact.label}</dt>
            <dd className="font-display text-5xl leading-none md:text-6xl">{fact.value}</dd>
          </div>
        ))}
      </dl>
    </section>`,
      { data: facts },
    );
  return section(
    "Facts",
    `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="facts-title">${title}</h2>
        <dl>
          {facts.map((fact) => (
            <div key={fact.label} className="flex items-baseline justify-between gap-6 border-t border-line py-4 last:border-b">
              <dt className="text-muted">{fact.label}</dt>
              <dd className="font-display text-2xl">{fact.value}</dd>
            </div>
          ))}
        </dl>
      </div>`,
    { data: facts },
  );
};
