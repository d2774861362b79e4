/** The first screen: one layout for each face a page can have. Its headline is the page's only h1. */
import { introOf, pricesOf } from "../understand.ts";
import { actionOf, component, data, type Frame, PICTURE, SITE, type Writer } from "./write.ts";

export const Hero: Writer = (page) => heroes[page.layouts.Hero](page);

const button = (page: Parameters<Writer>[0], classes = "", indent = 10) =>
  `<a href="#contact" className="button${classes ? ` ${classes}` : ""}">
${" ".repeat(indent + 2)}${actionOf(page)}
${" ".repeat(indent)}</a>`;

/** The page's first section, around its picture. */
const firstScreen = (classes: string, body: string, frame: Frame = {}): string =>
  component("Hero", `<section id="top" className="${classes}">\n${body}\n    </section>`, {
    ...frame,
    imports: [PICTURE, ...(frame.imports ?? [])],
  });

const heroes: Record<Parameters<Writer>[0]["layouts"]["Hero"], Writer> = {
  split: (page) =>
    firstScreen(
      "section",
      `      <div className="wrap grid items-center gap-12 md:grid-cols-[7fr_5fr]">
        <div>
          <p className="label text-accent">${page.brief.about}</p>
          <h1 className="mt-4">${page.headline}</h1>
          <p className="lead mt-7 text-muted">${introOf(page.brief)}</p>
          ${button(page, "mt-9")}
        </div>
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/5 rounded-t-[999px]" />
      </div>`,
    ),
  wall: (page) =>
    firstScreen(
      "bg-paper",
      `      <div className="wrap py-12 md:py-16">
        <h1>${page.headline}</h1>
      </div>
      <div className="grid bg-accent text-accent-ink md:grid-cols-2">
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/3 h-full rounded-none" />
        <div className="flex flex-col items-start justify-center gap-8 px-[clamp(1.25rem,4vw,4rem)] py-12">
          <p className="label">${page.brief.about}</p>
          <p className="text-2xl leading-snug font-medium md:text-3xl">${introOf(page.brief)}</p>
          ${button(page, "bg-paper text-ink")}
        </div>
      </div>`,
    ),
  index: (page) =>
    firstScreen(
      "wrap pt-16 pb-(--space-section)",
      `      <div className="grid gap-x-8 gap-y-10 md:grid-cols-12">
        <p className="label text-accent md:col-span-2">00</p>
        <h1 className="md:col-span-10">${page.headline}</h1>
        <dl className="grid content-start gap-3 md:col-span-3 md:col-start-3">
          {facts.map((fact) => (
            <div key={fact.label} className="border-t border-line pt-3">
              <dt className="text-muted">{fact.label}</dt>
              <dd className="font-medium">{fact.value}</dd>
            </div>
          ))}
        </dl>
        <div className="md:col-span-6 md:col-start-7">
          <p className="lead">${introOf(page.brief)}</p>
          ${button(page, "mt-8")}
        </div>
        <Picture of="${page.brief.subject.motifs[0]}" scene="row" className="aspect-5/2 md:col-span-10 md:col-start-3" />
      </div>`,
      {
        data: data(
          "facts",
          page.brief.subject.facts.map(([value, label]) => ({ value, label })),
        ),
      },
    ),
  plaque: (page) =>
    firstScreen(
      "pb-(--space-section)",
      `      <div className="wrap pt-6">
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/3 md:aspect-2/1" />
        <div className="card relative -mt-12 grid gap-x-12 gap-y-7 p-7 md:mr-24 md:-mt-20 md:grid-cols-[3fr_2fr] md:p-12">
          <h1>${page.headline}</h1>
          <div className="md:self-end">
            <p className="label text-accent">${page.brief.about}</p>
            <p className="mt-4 text-lg">${introOf(page.brief)}</p>
            ${button(page, "mt-6", 12)}
          </div>
        </div>
      </div>`,
    ),
  night: (page) =>
    firstScreen(
      "pb-(--space-section)",
      `      <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/3 rounded-none md:aspect-5/2" />
      <div className="wrap">
        <h1 className="mt-10 md:mt-14">${page.headline}</h1>
        <div className="mt-9 flex flex-wrap items-end justify-between gap-x-12 gap-y-8">
          <p className="lead text-muted">${introOf(page.brief)}</p>
          ${button(page)}
        </div>
      </div>`,
    ),
  masthead: (page) =>
    firstScreen(
      "wrap pt-8 pb-(--space-section)",
      `      <h1 className="text-center">${page.headline}</h1>
      <p className="label mt-6 border-y-4 border-double border-ink py-2 text-center">${page.brief.about}</p>
      <div className="mt-8 grid gap-8 md:grid-cols-[2fr_1fr] lg:grid-cols-[2fr_1fr_1fr]">
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/3 border border-ink" />
        <p className="text-xl leading-relaxed first-letter:float-left first-letter:mr-2 first-letter:font-display first-letter:text-6xl first-letter:leading-[0.8]">
          ${introOf(page.brief)}
        </p>
        <div className="border-line lg:border-l lg:pl-8">
          <p className="text-muted">${page.brief.subject.actionText}</p>
          ${button(page, "mt-6")}
        </div>
      </div>`,
    ),
  bento: (page) => {
    const { motifs, facts } = page.brief.subject;
    const [value = "", label = ""] = facts[0] ?? [];
    return firstScreen(
      "wrap grid gap-5 pt-6 pb-(--space-section) md:grid-cols-3",
      `      <div className="card flex flex-col items-start justify-between gap-10 p-7 md:col-span-2 md:p-10">
        <p className="label text-accent">${page.brief.about}</p>
        <div>
          <h1>${page.headline}</h1>
          <p className="lead mt-5">${introOf(page.brief)}</p>
        </div>
        ${button(page, "", 8)}
      </div>
      <div className="card overflow-hidden">
        <Picture of="${motifs[0]}" className="aspect-square h-full rounded-none" />
      </div>
      <div className="card overflow-hidden">
        <Picture of="${motifs[1]}" scene="field" className="aspect-3/2 h-full rounded-none" />
      </div>
      <p className="card flex flex-col justify-end bg-accent p-7 text-accent-ink">
        <span className="font-display text-5xl font-extrabold">${value}</span>
        <span className="mt-2 text-lg">${label}</span>
      </p>
      <p className="card flex flex-col justify-end p-7 text-xl leading-snug font-semibold">${page.brief.subject.actionText}</p>`,
    );
  },
  frame: (page) =>
    firstScreen(
      "section",
      `      <div className="wrap grid gap-12 md:grid-cols-12">
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/5 md:col-span-6" />
        <div className="flex flex-col justify-end md:col-span-6 lg:col-span-5 lg:col-start-8">
          <p className="label text-muted">${page.brief.about}</p>
          <h1 className="mt-4">${page.headline}</h1>
          <p className="lead mt-6 text-muted">${introOf(page.brief)}</p>
          <a href="#contact" className="mt-8 self-start border-b border-ink pb-1">
            ${actionOf(page)}
          </a>
        </div>
      </div>`,
    ),
  slip: (page) =>
    firstScreen(
      "bg-surface px-4 py-12 md:py-20",
      `      <div className="mx-auto max-w-2xl border-y-2 border-dashed border-ink bg-paper px-6 py-10 md:px-14 md:text-lg">
        <p className="text-center uppercase">{site.name}</p>
        <p className="label text-center text-muted">${page.brief.about}</p>
        <Picture of="${page.brief.subject.motifs[0]}" className="mx-auto mt-6 aspect-square max-w-60" />
        <h1 className="mt-6">${page.headline}</h1>
        <p className="mt-5">${introOf(page.brief)}</p>
        <dl className="mt-8 border-t-2 border-dashed border-ink pt-4">
          {items.map((item) => (
            <div key={item.name} className="flex justify-between gap-4 py-1">
              <dt>{item.name}</dt>
              <dd>{item.price}</dd>
            </div>
          ))}
        </dl>
        ${button(page, "mt-8 w-full text-center", 8)}
      </div>`,
      {
        imports: [SITE],
        data: data(
          "items",
          pricesOf(page.brief)
            .slice(0, 3)
            .map(([name, price]) => ({ name, price })),
        ),
      },
    ),
  sheet: (page) =>
    firstScreen(
      "wrap pt-10 pb-(--space-section)",
      `      <div className="grid border border-ink md:grid-cols-[1fr_1fr]">
        <div className="flex flex-col justify-between gap-14 p-6 md:p-10">
          <p className="label text-accent">Fig. 1: ${page.brief.about}</p>
          <div>
            <h1>${page.headline}</h1>
            <p className="lead mt-6 text-muted">${introOf(page.brief)}</p>
          </div>
          <p>
            ${button(page, "", 12)}
          </p>
        </div>
        <Picture of="${page.brief.subject.motifs[0]}" className="aspect-square border-t border-ink md:border-t-0 md:border-l" />
        <ul className="label flex flex-wrap gap-x-10 gap-y-1 border-t border-ink px-6 py-3 md:col-span-2 md:px-10">
          ${page.brief.subject.facts.map(([value, label]) => `<li><strong>${value}</strong> ${label}</li>`).join("\n          ")}
        </ul>
      </div>`,
    ),
  offset: (page) =>
    firstScreen(
      "wrap grid gap-x-8 pt-8 pb-(--space-section) md:grid-cols-12",
      `      <Picture of="${page.brief.subject.motifs[0]}" className="aspect-4/3 md:col-span-8 md:col-start-5 md:row-start-1" />
      <h1 className="relative z-10 -mt-10 md:col-span-9 md:col-start-1 md:row-start-1 md:mt-0 md:self-end md:pb-6">
        <span className="box-decoration-clone bg-paper pr-3 leading-[1.14]">${page.headline}</span>
      </h1>
      <p className="label mt-8 text-accent md:col-span-4">${page.brief.about}</p>
      <div className="mt-4 md:col-span-7 md:col-start-6 md:mt-8">
        <p className="lead">${introOf(page.brief)}</p>
        ${button(page, "mt-8", 8)}
      </div>`,
    ),
  axis: (page) =>
    firstScreen(
      "section text-center",
      `      <div className="wrap">
        <h1>${page.headline}</h1>
        <div className="mt-12 grid items-center gap-10 md:grid-cols-[1fr_auto_1fr]">
          <p className="mx-auto max-w-sm text-lg text-muted">${introOf(page.brief)}</p>
          <Picture of="${page.brief.subject.motifs[0]}" className="mx-auto aspect-3/4 w-72 rounded-[999px] ring-1 ring-accent ring-offset-8 ring-offset-paper md:w-88" />
          <div>
            <p className="label text-accent">${page.brief.about}</p>
            ${button(page, "mt-6", 12)}
          </div>
        </div>
      </div>`,
    ),
};
