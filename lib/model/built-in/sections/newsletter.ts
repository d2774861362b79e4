/** One field for an address. */
import { FORM_IMPORT, FORM_STATE, thanks } from "./form.ts";
import { section, titleOf, type Writer } from "./write.ts";

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
