/** One sentence and the button. */
import { actionOf, component, PICTURE, type Writer } from "./write.ts";

export const Cta: Writer = (page) => {
  const { subject } = page.brief;
  const button = `<a href="#contact" className="button${page.layouts.Cta === "band" ? " bg-paper text-ink" : ""} mt-8">
            ${actionOf(page)}
          </a>`;
  if (page.layouts.Cta === "band")
    return component(
      "Cta",
      `<section id="start" aria-labelledby="start-title" className="section bg-accent text-center text-accent-ink">
      <div className="wrap">
        <h2 id="start-title" className="mx-auto max-w-3xl">${subject.headlines.at(-1)}</h2>
          ${button}
      </div>
    </section>`,
    );
  return component(
    "Cta",
    `<section id="start" aria-labelledby="start-title" className="section">
      <div className="wrap grid items-center gap-8 md:grid-cols-2">
        <Picture of="${subject.motifs[2]}" scene="row" className="aspect-2/1" />
        <div>
          <h2 id="start-title">${subject.headlines.at(-1)}</h2>
          ${button}
        </div>
      </div>
    </section>`,
    { imports: [PICTURE] },
  );
};
