/** Sections as source text: typed, accessible components that use the page's tokens only, so that any of them fits any page. */
import { artOf } from "./art.ts";
import type { Layout } from "./directions.ts";
import type { Brief } from "./understand.ts";

export type Look = { layout: Layout; heading: string; headline: string };
type Section = (brief: Brief, look: Look) => string;

const H2 = (look: Look) => `font-display text-3xl md:text-4xl ${look.heading}`;
/** Every section keeps the same measure. */
const WRAP = "mx-auto w-full max-w-6xl px-6";

export const sections: Record<string, Section> = {
  Nav: ({ subject }, look) => `import { useState } from "react";
import { site } from "../site";

const links = [
  { href: "#offer", label: ${quote(subject.offer)} },
  { href: "#hours", label: "Hours" },
  { href: "#contact", label: "Contact" },
];

export default function Nav() {
  const [open, setOpen] = useState(false);
  return (
    <header className="${look.layout === "block" ? "bg-accent text-accent-ink" : "border-b border-line"}">
      <nav aria-label="Main" className="${WRAP} flex flex-wrap items-center gap-x-8 py-4">
        <a href="#top" className="font-display text-lg">
          {site.name}
        </a>
        <button
          type="button"
          className="ml-auto px-2 py-1 md:hidden"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Menu
        </button>
        <ul className={\`\${open ? "flex" : "hidden"} w-full flex-col gap-3 py-4 md:ml-auto md:flex md:w-auto md:flex-row md:gap-8 md:py-0\`}>
          {links.map((link) => (
            <li key={link.href}>
              <a href={link.href} className="underline-offset-4 hover:underline">
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
`,
  Hero: (brief, look) => heroes[look.layout](brief, look),
  Features: ({ subject }, look) => {
    const isList = look.layout === "editorial" || look.layout === "slip" || look.layout === "index";
    const items = subject.features
      .map(([title, text]) => `  { title: ${quote(title)}, text: ${quote(text)} },`)
      .join("\n");
    const body = isList
      ? `        <ol className="mt-8 divide-y divide-line border-y border-line">
          {features.map((feature, index) => (
            <li key={feature.title} className="grid gap-2 py-6 md:grid-cols-[4rem_1fr_2fr]">
              <span className="text-muted tabular-nums">{String(index + 1).padStart(2, "0")}</span>
              <h3 className="font-display text-xl">{feature.title}</h3>
              <p className="text-muted">{feature.text}</p>
            </li>
          ))}
        </ol>`
      : `        <div className="mt-8 grid gap-x-10 gap-y-8 md:grid-cols-2">
          {features.map((feature, index) => (
            <div key={feature.title} className={index === 0 ? "md:row-span-2 md:pr-8" : ""}>
              <h3 className={\`font-display \${index === 0 ? "text-3xl" : "text-xl"}\`}>{feature.title}</h3>
              <p className={\`mt-2 text-muted \${index === 0 ? "text-lg" : ""}\`}>{feature.text}</p>
            </div>
          ))}
        </div>`;
    return `const features = [
${items}
];

export default function Features() {
  return (
    <section id="features" aria-labelledby="features-title" className="py-(--space-section)">
      <div className="${WRAP}">
        <h2 id="features-title" className="${H2(look)}">
          How it works here
        </h2>
${body}
      </div>
    </section>
  );
}
`;
  },
  Pricing: ({ subject }, look) => {
    const rows = subject.prices
      .map(([item, price]) => `  { item: ${quote(item)}, price: ${quote(price)} },`)
      .join("\n");
    const row =
      look.layout === "poster" || look.layout === "block"
        ? `            <div key={row.item} className="rounded-(--radius-card) border border-line p-6">
              <dt>{row.item}</dt>
              <dd className="mt-6 font-display text-4xl tabular-nums">{row.price}</dd>
            </div>`
        : `            <div key={row.item} className="flex items-baseline gap-3 py-3">
              <dt>{row.item}</dt>
              <span aria-hidden="true" className="flex-1 border-b border-dotted border-muted" />
              <dd className="tabular-nums">{row.price}</dd>
            </div>`;
    const list =
      look.layout === "poster" || look.layout === "block"
        ? "mt-8 grid gap-4 sm:grid-cols-2 lg:grid-cols-4"
        : "mt-8 max-w-2xl";
    return `const rows = [
${rows}
];

export default function Pricing() {
  return (
    <section id="offer" aria-labelledby="offer-title" className="border-t border-line py-(--space-section)">
      <div className="${WRAP}">
        <h2 id="offer-title" className="${H2(look)}">
          ${subject.offer}
        </h2>
        <dl className="${list}">
          {rows.map((row) => (
${row}
          ))}
        </dl>
        <p className="mt-6 text-sm text-muted">Sample prices. Put your own in their place.</p>
      </div>
    </section>
  );
}
`;
  },
  Gallery: ({ subject }, look) => `const tiles = [
  { caption: "In the morning", turn: 0 },
  { caption: "By hand", turn: 18 },
  { caption: "Towards evening", turn: -14 },
];

function Drawing({ turn }: { turn: number }) {
  return (
    <svg viewBox="0 0 320 240" className="h-auto w-full bg-accent/10 text-accent" role="img" aria-label="A drawing">
      <g transform={\`rotate(\${turn} 160 120)\`}>
${indent(artOf(subject.art), 8)}
      </g>
    </svg>
  );
}

export default function Gallery() {
  return (
    <section id="gallery" aria-labelledby="gallery-title" className="py-(--space-section)">
      <div className="${WRAP}">
        <h2 id="gallery-title" className="${H2(look)}">
          Seen here
        </h2>
        <ul className="mt-8 grid gap-4 md:grid-cols-3">
          {tiles.map((tile, index) => (
            <li key={tile.caption} className={index === 1 ? "md:mt-12" : ""}>
              <div className="overflow-hidden rounded-(--radius-card)">
                <Drawing turn={tile.turn} />
              </div>
              <p className="mt-2 text-sm text-muted">{tile.caption}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
`,
  Hours: ({ subject }, look) => `const week = [
  { day: "Monday", hours: "closed" },
  { day: "Tuesday to Friday", hours: "7:00 – 17:00" },
  { day: "Saturday", hours: "7:00 – 14:00" },
  { day: "Sunday", hours: "8:00 – 12:00" },
];

export default function Hours() {
  return (
    <section id="hours" aria-labelledby="hours-title" className="${look.layout === "poster" ? "bg-accent text-accent-ink" : "border-t border-line"} py-(--space-section)">
      <div className="${WRAP} grid gap-10 md:grid-cols-2">
        <div>
          <h2 id="hours-title" className="${H2(look)}">
            Opening hours
          </h2>
          <p className="mt-4 max-w-sm${look.layout === "poster" ? "" : " text-muted"}">
            The ${subject.noun} stands where the two lanes meet, a minute from the bus. Sample hours: put your own in their place.
          </p>
        </div>
        <table className="w-full text-left">
          <caption className="sr-only">Opening hours by day</caption>
          <tbody>
            {week.map((row) => (
              <tr key={row.day} className="border-b border-current/20">
                <th scope="row" className="py-3 pr-4 font-normal">
                  {row.day}
                </th>
                <td className="py-3 text-right tabular-nums">{row.hours}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
`,
  Testimonials: ({ subject }, look) => `export default function Testimonials() {
  return (
    <section id="voices" aria-labelledby="voices-title" className="border-t border-line py-(--space-section)">
      <div className="${WRAP}">
        <h2 id="voices-title" className="sr-only">
          What guests say
        </h2>
        <figure className="max-w-3xl">
          <blockquote className="font-display text-2xl leading-snug md:text-4xl ${look.heading}">
            “A sentence from someone who came once and came back. Put a real one here.”
          </blockquote>
          <figcaption className="mt-4 text-muted">Sample text for the ${subject.noun}</figcaption>
        </figure>
      </div>
    </section>
  );
}
`,
  Faq: ({ subject }, look) => {
    const items = subject.questions
      .map(([question, answer]) => `  { question: ${quote(question)}, answer: ${quote(answer)} },`)
      .join("\n");
    return `import { useState } from "react";

const questions = [
${items}
];

export default function Faq() {
  const [open, setOpen] = useState<number | null>(0);
  return (
    <section id="questions" aria-labelledby="questions-title" className="border-t border-line py-(--space-section)">
      <div className="${WRAP} grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="questions-title" className="${H2(look)}">
          Questions
        </h2>
        <div className="divide-y divide-line">
          {questions.map((item, index) => (
            <div key={item.question} className="py-4">
              <h3>
                <button
                  type="button"
                  className="flex w-full items-baseline gap-4 text-left text-lg"
                  aria-expanded={open === index}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  <span className="flex-1">{item.question}</span>
                  <span aria-hidden="true">{open === index ? "–" : "+"}</span>
                </button>
              </h3>
              {open === index ? <p className="mt-2 max-w-prose text-muted">{item.answer}</p> : null}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}
`;
  },
  Contact: ({ subject, button }, look) => `import { type FormEvent, useState } from "react";

export default function Contact() {
  const [sent, setSent] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
  };
  return (
    <section id="contact" aria-labelledby="contact-title" className="${look.layout === "block" ? "bg-accent text-accent-ink" : "border-t border-line"} py-(--space-section)">
      <div className="${WRAP} grid gap-10 md:grid-cols-2">
        <div>
          <h2 id="contact-title" className="${H2(look)}">
            ${subject.action}
          </h2>
          <p className="mt-4 max-w-md">${subject.actionText}</p>
        </div>
        {sent ? (
          <p role="status" className="self-center text-xl">
            Thank you. We answer the same day.
          </p>
        ) : (
          <form onSubmit={send} className="grid gap-4">
            <label className="grid gap-1">
              Your name
              <input name="name" required autoComplete="name" className="field" />
            </label>
            <label className="grid gap-1">
              What can we do for you?
              <textarea name="message" required rows={3} className="field" />
            </label>
            <button type="submit" className="button justify-self-start">
              ${button ?? subject.action}
            </button>
          </form>
        )}
      </div>
    </section>
  );
}
`,
  Footer: () => `import { site } from "../site";

export default function Footer() {
  return (
    <footer className="border-t border-line py-10">
      <div className="${WRAP} flex flex-wrap gap-x-8 gap-y-2 text-sm text-muted">
        <p>{site.name}</p>
        <p>
          <a href="#contact" className="underline underline-offset-4">
            Write to us
          </a>
        </p>
        <p>
          <a href="#top" className="underline underline-offset-4">
            Back to the top
          </a>
        </p>
      </div>
    </footer>
  );
}
`,
};

const heroes: Record<Layout, Section> = {
  editorial: ({ subject, button }, look) =>
    hero(`<section id="top" className="py-(--space-section)">
      <div className="${WRAP} grid items-end gap-12 md:grid-cols-[3fr_2fr]">
        <div>
          <h1 className="font-display text-5xl leading-[1.02] md:text-8xl ${look.heading}">${look.headline}</h1>
          <p className="mt-8 max-w-md text-lg text-muted">${subject.intro}</p>
          <a href="#contact" className="button mt-8">
            ${button ?? subject.action}
          </a>
        </div>
        <svg viewBox="0 0 320 240" className="h-auto w-full text-accent" aria-hidden="true">
${indent(artOf(subject.art), 10)}
        </svg>
      </div>
    </section>`),
  broadsheet: ({ subject, button }, look) =>
    hero(`<section id="top" className="pt-10 pb-(--space-section)">
      <div className="${WRAP}">
        <h1 className="border-b-4 border-double border-ink pb-6 text-center font-display text-5xl leading-none md:text-8xl ${look.heading}">${look.headline}</h1>
        <div className="mt-8 grid gap-8 md:grid-cols-[2fr_1fr_1fr] md:divide-x md:divide-line">
          <svg viewBox="0 0 320 240" className="h-auto w-full bg-accent/10 text-accent" aria-hidden="true">
${indent(artOf(subject.art), 12)}
          </svg>
          <p className="text-lg leading-relaxed md:pl-8">${subject.intro}</p>
          <div className="md:pl-8">
            <p className="text-muted">${subject.actionText}</p>
            <a href="#contact" className="button mt-6">
              ${button ?? subject.action}
            </a>
          </div>
        </div>
      </div>
    </section>`),
  poster: ({ subject, button }, look) =>
    hero(`<section id="top" className="flex min-h-[85vh] flex-col justify-end overflow-hidden py-16">
      <svg viewBox="0 0 320 240" className="mx-auto -mb-10 h-auto w-full max-w-4xl text-accent opacity-60" aria-hidden="true">
${indent(artOf(subject.art), 8)}
      </svg>
      <div className="${WRAP} relative">
        <h1 className="font-display text-6xl leading-[0.95] md:text-[8.5rem] ${look.heading}">${look.headline}</h1>
        <div className="mt-8 flex flex-wrap items-end gap-8">
          <p className="max-w-lg flex-1 text-lg text-muted">${subject.intro}</p>
          <a href="#contact" className="button">
            ${button ?? subject.action}
          </a>
        </div>
      </div>
    </section>`),
  block: ({ subject, button }, look) =>
    hero(`<section id="top" className="bg-accent text-accent-ink">
      <div className="${WRAP} grid gap-10 py-(--space-section) md:grid-cols-2">
        <h1 className="font-display text-5xl leading-none md:text-7xl ${look.heading}">${look.headline}</h1>
        <div className="md:pt-4">
          <p className="text-xl">${subject.intro}</p>
          <a href="#contact" className="button mt-8 bg-paper! text-ink!">
            ${button ?? subject.action}
          </a>
        </div>
        <svg viewBox="0 0 320 120" className="h-auto w-full md:col-span-2" aria-hidden="true">
          <g transform="translate(0 -60)">
${indent(artOf(subject.art), 12)}
          </g>
        </svg>
      </div>
    </section>`),
  slip: ({ subject, button }, look) =>
    hero(`<section id="top" className="py-(--space-section)">
      <div className="mx-auto w-full max-w-2xl px-6">
        <div className="border-y border-dashed border-ink py-10">
          <h1 className="font-display text-4xl leading-tight md:text-5xl ${look.heading}">${look.headline}</h1>
          <p className="mt-6">${subject.intro}</p>
          <ul className="mt-8">
            {${JSON.stringify(subject.prices.slice(0, 3))}.map(([item, price]) => (
              <li key={item} className="flex items-baseline gap-2 py-1">
                <span>{item}</span>
                <span aria-hidden="true" className="flex-1 border-b border-dotted border-muted" />
                <span className="tabular-nums">{price}</span>
              </li>
            ))}
          </ul>
          <a href="#contact" className="button mt-8">
            ${button ?? subject.action}
          </a>
        </div>
      </div>
    </section>`),
  index: ({ subject, button }, look) =>
    hero(`<section id="top" className="py-(--space-section)">
      <div className="${WRAP} grid gap-10 md:grid-cols-12">
        <p className="text-sm text-muted md:col-span-2">00</p>
        <div className="md:col-span-7">
          <h1 className="font-display text-4xl leading-[1.05] md:text-6xl ${look.heading}">${look.headline}</h1>
          <p className="mt-6 max-w-xl text-lg text-muted">${subject.intro}</p>
          <a href="#contact" className="button mt-8">
            ${button ?? subject.action}
          </a>
        </div>
        <svg viewBox="0 0 320 240" className="h-auto w-full text-accent md:col-span-3" aria-hidden="true">
${indent(artOf(subject.art), 10)}
        </svg>
      </div>
    </section>`),
};

function hero(body: string): string {
  return `export default function Hero() {\n  return (\n    ${body}\n  );\n}\n`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function indent(text: string, by: number): string {
  return text
    .split("\n")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
}
