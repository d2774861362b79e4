/** Sections that tell: facts, story, features, steps, pictures, voices. */
import { capital, isPlural, withArticle } from "../english.ts";
import type { Page } from "../plan.ts";
import { component, data, PICTURE, section, titleOf, USE_STATE, type Writer } from "./write.ts";

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

const PERSON =
  /(?:architect|chef|[a-z]{3,}(?:ist|ician|grapher|mber|iter|cher|chanic|penter|signer|awyer|ainter|baker|doctor|gardener|builder|tailor|singer|dancer))\b/i;

/** "Mill Lane is a village bakery." in front of the subject's own story, where that is a sentence. */
function storyOf({ brief }: Page): string {
  const { kind, name, subject } = brief;
  const isName = name.toLowerCase().replace(/^the /, "") === kind?.toLowerCase();
  if (!kind || isName || subject.id === "wedding" || PERSON.test(kind)) return subject.story;
  return `${capital(name)} ${isPlural(kind) ? `offers ${kind}` : `is ${withArticle(kind)}`}. ${subject.story}`;
}

export const Story: Writer = (page) => {
  const title = titleOf(page, "Story");
  if (page.layouts.Story === "picture")
    return section(
      "Story",
      `      <div className="wrap grid items-center gap-10 md:grid-cols-2 md:gap-16">
        <Picture of="${page.brief.subject.motifs[1]}" className="aspect-4/3 md:aspect-square" />
        <div>
          <h2 id="story-title">${title}</h2>
          <p className="lead mt-6">${storyOf(page)}</p>
        </div>
      </div>`,
      { imports: [PICTURE] },
    );
  return section(
    "Story",
    `      <div className="wrap grid gap-x-8 gap-y-4 md:grid-cols-12">
        <h2 id="story-title" className="text-[1.25rem] md:col-span-3">${title}</h2>
        <p className="font-display text-[clamp(1.5rem,3.2vw,2.75rem)] leading-[1.2] tracking-tight md:col-span-9">
          ${storyOf(page)}
        </p>
      </div>`,
  );
};

export const Features: Writer = (page) => {
  const { motifs, features } = page.brief.subject;
  const title = titleOf(page, "Features");
  const layout = page.layouts.Features;
  const withPictures = layout === "cards" || layout === "zigzag";
  const rows = data(
    "features",
    features.map(([name, text], index) => ({
      title: name,
      text,
      ...(withPictures ? { picture: motifs[index + 1] ?? motifs[0] } : {}),
    })),
  ).replace(/\];\n\n$/, withPictures ? "] as const;\n\n" : "];\n\n");
  if (layout === "list")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title">${title}</h2>
        <ol className="mt-10">
          {features.map((feature, index) => (
            <li key={feature.title} className="grid gap-x-8 gap-y-2 border-t border-line py-7 last:border-b md:grid-cols-12">
              <span className="label text-accent md:col-span-2">{String(index + 1).padStart(2, "0")}</span>
              <h3 className="text-2xl md:col-span-4">{feature.title}</h3>
              <p className="text-muted md:col-span-6">{feature.text}</p>
            </li>
          ))}
        </ol>
      </div>`,
      { data: rows },
    );
  if (layout === "lead")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title" className="max-w-3xl">${title}</h2>
        <div className="mt-10 grid gap-x-10 gap-y-8 md:grid-cols-2">
          {features.map((feature, index) => (
            <div key={feature.title} className={index === 0 ? "border-t-4 border-accent pt-5 md:row-span-2" : "border-t border-line pt-5"}>
              <h3 className={index === 0 ? "text-4xl" : "text-2xl"}>{feature.title}</h3>
              <p className={index === 0 ? "mt-4 text-xl" : "mt-2 text-muted"}>{feature.text}</p>
            </div>
          ))}
        </div>
      </div>`,
      { data: rows },
    );
  if (layout === "cards")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title" className="mx-auto max-w-2xl text-center">${title}</h2>
        <ul className="mt-12 grid gap-6 md:grid-cols-3">
          {features.map((feature) => (
            <li key={feature.title} className="card flex flex-col overflow-hidden">
              <Picture of={feature.picture} className="aspect-4/3 rounded-none" />
              <div className="p-6">
                <h3 className="text-2xl">{feature.title}</h3>
                <p className="mt-2 text-muted">{feature.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>`,
      { imports: [PICTURE], data: rows },
    );
  return section(
    "Features",
    `      <div className="wrap">
        <h2 id="features-title">${title}</h2>
        <ul className="mt-12 grid gap-12 md:gap-16">
          {features.map((feature, index) => (
            <li key={feature.title} className="grid items-center gap-6 md:grid-cols-2 md:gap-16">
              <Picture of={feature.picture} className={\`aspect-3/2 \${index % 2 === 1 ? "md:order-2" : ""}\`} />
              <div>
                <h3 className="text-3xl">{feature.title}</h3>
                <p className="mt-3 max-w-md text-lg text-muted">{feature.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>`,
    { imports: [PICTURE], data: rows },
  );
};

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

const CAPTIONS: Record<Page["brief"]["subject"]["kind"], string[]> = {
  place: ["In the morning", "By hand", "Towards evening", "After closing"],
  service: ["Before", "On the way", "Done", "A year later"],
  product: ["An ordinary Tuesday", "Sorted", "The month at a glance", "Friday, five o’clock"],
  gathering: ["Before the doors open", "In between", "The long evening", "Packing up"],
};

export const Gallery: Writer = (page) => {
  const { motifs } = page.brief.subject;
  const title = titleOf(page, "Gallery");
  const scenes = page.layouts.Gallery === "trio" ? ["one", "one", "one"] : ["one", "field", "one", "row"];
  const layout = page.layouts.Gallery;
  const count = layout === "strip" ? 4 : 3;
  const tiles = data(
    "tiles",
    Array.from({ length: count }, (_, at) => ({
      picture: motifs[(at + 1) % 4] ?? motifs[0],
      scene: scenes[at] ?? "one",
      caption: CAPTIONS[page.brief.subject.kind][at] ?? "",
    })),
  ).replace(/\];\n\n$/, "] as const;\n\n");
  const figure = (
    classes: string,
    picture: string,
  ) => `            <figure key={tile.caption} className=${classes}>
              <Picture of={tile.picture} scene={tile.scene} label={tile.caption} className=${picture} />
              <figcaption className="mt-3 text-sm text-muted">{tile.caption}</figcaption>
            </figure>`;
  if (layout === "trio")
    return section(
      "Gallery",
      `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
        <div className="mt-10 grid gap-6 md:grid-cols-3">
          {tiles.map((tile, index) => (
${figure('{index === 1 ? "md:mt-20" : ""}', '"aspect-4/5"')}
          ))}
        </div>
      </div>`,
      { imports: [PICTURE], data: tiles },
    );
  if (layout === "mosaic")
    return section(
      "Gallery",
      `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
        <div className="mt-10 grid gap-5 md:grid-cols-2">
          {tiles.map((tile, index) => (
${figure('{index === 0 ? "md:col-span-2" : ""}', '{index === 0 ? "aspect-2/1" : "aspect-4/3"}')}
          ))}
        </div>
      </div>`,
      { imports: [PICTURE], data: tiles },
    );
  return section(
    "Gallery",
    `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
      </div>
      {/* Scrolls sideways, also by keyboard. */}
      <div role="group" aria-label="${title}, scrolls sideways" tabIndex={0} className="mt-10 flex snap-x gap-4 overflow-x-auto px-[clamp(1.25rem,4vw,3rem)] pb-4">
          {tiles.map((tile) => (
${figure('"w-[78vw] max-w-md shrink-0 snap-center"', '"aspect-square"')}
          ))}
      </div>`,
    { imports: [PICTURE], data: tiles },
  );
};

export const Testimonials: Writer = (page) => {
  const title = titleOf(page, "Testimonials");
  const { noun, kind } = page.brief.subject;
  const who =
    kind === "place"
      ? `A guest of the ${noun}`
      : kind === "product"
        ? "Someone who uses it"
        : `A friend of the ${noun}`;
  if (page.layouts.Testimonials === "large")
    return section(
      "Testimonials",
      `      <figure className="wrap">
        <h2 id="voices-title" className="label font-(family-name:--font-body) tracking-normal text-accent">${title}</h2>
        <blockquote className="mt-6 max-w-5xl font-display text-[clamp(1.75rem,4.2vw,3.75rem)] leading-[1.12] tracking-tight text-balance">
          “I came once because it was close. I come back because it is good.”
        </blockquote>
        <figcaption className="mt-8 text-muted">${who} (sample text: put a real one here)</figcaption>
      </figure>`,
      { ground: "bg-surface" },
    );
  const rows = data("voices", [
    { text: "I came once because it was close. I come back because it is good.", name: "A neighbour" },
    { text: "They remembered my name the second time, and what I had asked for.", name: "A regular" },
    {
      text: "Exactly what they said, when they said it. That is rarer than it sounds.",
      name: "A first visit",
    },
  ]);
  return section(
    "Testimonials",
    `      <div className="wrap">
        <h2 id="voices-title">${title}</h2>
        <ul className="mt-10 grid gap-6 md:grid-cols-3">
          {voices.map((voice) => (
            <li key={voice.name} className="card p-7">
              <figure className="flex h-full flex-col justify-between gap-6">
                <blockquote className="text-xl leading-snug">“{voice.text}”</blockquote>
                <figcaption className="text-sm text-muted">{voice.name}</figcaption>
              </figure>
            </li>
          ))}
        </ul>
        <p className="mt-4 text-sm text-muted">Sample voices. Put real ones in their place.</p>
      </div>`,
    { data: rows },
  );
};

const NAMES = ["Ada Lindqvist", "Jonas Okafor", "Mira Castellan"];

export const Team: Writer = (page) => {
  const title = titleOf(page, "Team");
  const rows = data(
    "people",
    page.brief.subject.roles.map((role, index) => ({ name: NAMES[index] ?? "", role })),
  );
  if (page.layouts.Team === "list")
    return section(
      "Team",
      `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="team-title">${title}</h2>
        <ul>
          {people.map((person) => (
            <li key={person.name} className="flex flex-wrap items-baseline justify-between gap-x-6 border-t border-line py-4 last:border-b">
              <span className="font-display text-2xl">{person.name}</span>
              <span className="text-muted">{person.role}</span>
            </li>
          ))}
        </ul>
      </div>`,
      { data: rows },
    );
  return section(
    "Team",
    `      <div className="wrap">
        <h2 id="team-title">${title}</h2>
        <ul className="mt-10 grid grid-cols-3 gap-3 sm:gap-6">
          {people.map((person, index) => (
            <li key={person.name}>
              <Portrait hair={hairs[index % hairs.length]} />
              <p className="mt-3 font-display leading-tight sm:text-xl">{person.name}</p>
              <p className="text-sm text-muted">{person.role}</p>
            </li>
          ))}
        </ul>
      </div>`,
    {
      data: `${rows}const hairs = [
  "M132 150c-14-60 20-92 68-92s82 32 68 92c-10-30-30-46-52-48-30 16-58 20-84 48Z",
  "M134 138c-6-52 26-78 66-78s72 26 66 78c-14-26-34-34-66-34s-52 8-66 34Z",
  "M126 210c-22-110 20-152 74-152s96 42 74 152c-14-30-14-70-22-94-30 8-74 8-104 0-8 24-8 64-22 94Z",
];

function Portrait({ hair }: { hair: string | undefined }) {
  return (
    <svg viewBox="0 0 400 400" className="art" aria-hidden="true">
      <rect className="ground" width="400" height="400" />
      <path className="t1" d="M70 400c0-84 56-124 130-124s130 40 130 124Z" />
      <path className="t2" d="M176 230h48v52c0 24-48 24-48 0Z" />
      <ellipse className="t4" cx="200" cy="168" rx="66" ry="80" />
      <path className="t3" d={hair} />
      <path className="l" d="M178 166v4M222 166v4M182 206c10 10 26 10 36 0" />
    </svg>
  );
}

`,
    },
  );
};

export const Faq: Writer = (page) => {
  const title = titleOf(page, "Faq");
  const rows = data(
    "questions",
    page.brief.subject.questions.map(([question, answer]) => ({ question, answer })),
  );
  if (page.layouts.Faq === "open")
    return section(
      "Faq",
      `      <div className="wrap">
        <h2 id="questions-title">${title}</h2>
        <dl className="mt-10 grid gap-x-10 gap-y-8 md:grid-cols-3">
          {questions.map((item) => (
            <div key={item.question} className="border-t border-line pt-5">
              <dt className="text-lg font-semibold">{item.question}</dt>
              <dd className="mt-2 text-muted">{item.answer}</dd>
            </div>
          ))}
        </dl>
      </div>`,
      { data: rows },
    );
  return section(
    "Faq",
    `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="questions-title">${title}</h2>
        <div className="border-b border-line">
          {questions.map((item, index) => (
            <div key={item.question} className="border-t border-line">
              <h3 className="font-(family-name:--font-body) tracking-normal normal-case">
                <button
                  type="button"
                  className="flex w-full items-baseline gap-4 py-5 text-left text-lg font-medium"
                  aria-expanded={open === index}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  <span className="flex-1">{item.question}</span>
                  <span aria-hidden="true" className="text-accent">
                    {open === index ? "–" : "+"}
                  </span>
                </button>
              </h3>
              {open === index ? <p className="max-w-prose pb-6 text-muted">{item.answer}</p> : null}
            </div>
          ))}
        </div>
      </div>`,
    { imports: [USE_STATE], data: rows, state: "  const [open, setOpen] = useState<number | null>(0);\n" },
  );
};
