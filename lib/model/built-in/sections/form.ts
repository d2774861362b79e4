/** Forms: fields with labels, checked by the browser, and a thank-you in their place. */
import { actionOf, type Writer } from "./write.ts";

export const FORM_IMPORT = 'import { type FormEvent, useState } from "react";';
/** Nothing is sent: a page of the designer has no server. It says so where the code handles it. */
export const FORM_STATE = `  const [sent, setSent] = useState(false);

  /** Connect this to your own service; until then the page only says thank you. */
  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
  }

`;

export const thanks = (text: string, indent: number) => {
  const pad = " ".repeat(indent);
  return `<p role="status" className="self-center font-display text-3xl">
${pad}  ${text}
${pad}</p>`;
};

export const form = (page: Parameters<Writer>[0], button: string, indent: number) =>
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
