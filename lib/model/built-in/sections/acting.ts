/** Sections that ask for something: a message, an address, a click. Their forms check what is typed and thank on the page. */
import { actionOf, component, PICTURE, section, titleOf, type Writer } from "./write.ts";

const FORM_IMPORT = 'import { type FormEvent, useState } from "react";';
/** Nothing is sent: a page of the designer has no server. It says so where the code handles it. */
const FORM_STATE = `  const [sent, setSent] = useState(false);

  /** Connect this to your own service; until then the page only says thank you. */
  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
  }

`;

const thanks = (text: string, indent: number) => {
  const pad = " ".repeat(indent);
  return `<p role="status" className="self-center font-display text-3xl">
${pad}  ${text}
${pad}</p>`;
};

const form = (page: Parameters<Writer>[0], button: string, indent: number) =>
  `<form onSubmit={send} className="grid gap-5">
  <label className="grid gap-1.5">
    Your name
    <input name="name" required autoComplete="name" className="field" />
  </label>
  <label className="grid gap-1.5">
    Email
    <input name="email" type="email" required autoComplete="email" className="field" />
  </label>
  <label className="grid gap-1.5">
    ${page.brief.subject.kind === "product" ? "What would you use it for?" : "What can we do for you?"}
    <textarea name="message" required minLength={5} rows={3} className="field" />
  </label>
  <button type="submit" className="button justify-self-start${button}">
    ${actionOf(page)}
  </button>
</form>`
    .split("\n")
    .map((line, index) => (index === 0 ? line : " ".repeat(indent) + line))
    .join("\n");

export const Contact: Writer = (page) => {
  const title = titleOf(page, "Contact");
  const { actionText } = page.brief.subject;
  const layout = page.layouts.Contact;
  if (layout === "card")
    return section(
      "Contact",
      `      <div className="wrap">
        <div className="card mx-auto max-w-2xl p-7 md:p-12">
          <h2 id="contact-title">${title}</h2>
          <p className="mt-3 mb-8 text-muted">${actionText}</p>
          {sent ? (
            ${thanks("Thank you. We answer the same day.", 12)}
          ) : (
            ${form(page, "", 12)}
          )}
        </div>
      </div>`,
      { imports: [FORM_IMPORT], state: FORM_STATE },
    );
  const band = layout === "band";
  return section(
    "Contact",
    `      <div className="wrap grid gap-x-16 gap-y-10 md:grid-cols-2">
        <div>
          <h2 id="contact-title">${title}</h2>
          <p className="lead mt-5${band ? "" : " text-muted"}">${actionText}</p>
        </div>
        {sent ? (
          ${thanks("Thank you. We answer the same day.", 10)}
        ) : (
          ${form(page, band ? " bg-paper text-ink" : "", 10)}
        )}
      </div>`,
    { imports: [FORM_IMPORT], state: FORM_STATE, ...(band ? { ground: "bg-accent text-accent-ink" } : {}) },
  );
};

export const Newsletter: Writer = (page) => {
  const title = titleOf(page, "Newsletter");
  const card = page.layouts.Newsletter === "card";
  const body = `{sent ? (
            ${thanks("Thank you. The next letter is yours.", 12)}
          ) : (
            <form onSubmit={send} className="flex flex-wrap items-end gap-4">
              <label className="grid flex-1 basis-60 gap-1.5">
                Email
                <input name="email" type="email" required autoComplete="email" className="field" />
              </label>
              <button type="submit" className="button">
                Subscribe
              </button>
            </form>
          )}`;
  const said = `What is new at the ${page.brief.subject.noun}, at most once a month.`;
  return section(
    "Newsletter",
    card
      ? `      <div className="wrap">
        <div className="card grid gap-6 p-7 md:grid-cols-2 md:p-12">
          <div>
            <h2 id="newsletter-title">${title}</h2>
            <p className="mt-3 text-muted">${said}</p>
          </div>
          ${body}
        </div>
      </div>`
      : `      <div className="wrap border-y border-line py-12 text-center">
        <h2 id="newsletter-title">${title}</h2>
        <p className="mt-3 text-muted">${said}</p>
        <div className="mx-auto mt-8 max-w-lg text-left">
          ${body}
        </div>
      </div>`,
    { imports: [FORM_IMPORT], state: FORM_STATE },
  );
};

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
