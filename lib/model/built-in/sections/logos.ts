/** Names beside it. They are samples and say so. */
import { component, section, titleOf, type Writer } from "./write.ts";

export const Logos: Writer = (page) => {
  const title = titleOf(page, "Logos");
  const rows = `const partners = ["Northwind", "Halden & Co", "Oak Street", "Ferrybank", "Plume"];\n\n`;
  if (page.layouts.Logos === "row")
    return component(
      "Logos",
      `<section id="partners" aria-label="${title}" className="border-y border-line py-8">
      <div className="wrap flex flex-wrap items-baseline justify-between gap-x-10 gap-y-4">
        <p className="text-sm text-muted">${title} (samples)</p>
        {partners.map((partner) => (
          <p key={partner} className="font-display text-xl">
            {partner}
          </p>
        ))}
      </div>
    </section>`,
      { data: rows },
    );
  return section(
    "Logos",
    `      <div className="wrap">
        <h2 id="partners-title" className="text-center">${title}</h2>
        <ul className="mt-10 flex flex-wrap justify-center gap-4">
          {partners.map((partner) => (
            <li key={partner} className="card px-8 py-5 font-display text-xl">
              {partner}
            </li>
          ))}
        </ul>
        <p className="mt-4 text-center text-sm text-muted">Sample names. Put your own in their place.</p>
      </div>`,
    { data: rows },
  );
};
