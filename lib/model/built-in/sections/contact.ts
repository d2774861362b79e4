/** A form that checks what is typed and thanks on the page. */
import { FORM_IMPORT, FORM_STATE, form, thanks } from "./form.ts";
import { section, titleOf, type Writer } from "./write.ts";

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
