/** What others say. The voices are samples and say so. */
import { data, section, titleOf, type Writer } from "./write.ts";

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
