/** The end of a page: its name once more, and the way back up. */
import { inverse, linksOf } from "./around.ts";
import { actionOf, component, data, SITE, type Writer } from "./write.ts";

export const Footer: Writer = (page) => {
  const { brief, layouts } = page;
  if (layouts.Footer === "wordmark")
    return component(
      "Footer",
      `<footer className="overflow-hidden ${inverse(page)} pt-14 pb-8">
      <div className="wrap">
        <p className="font-display text-[clamp(2.75rem,11vw,9rem)] leading-none text-balance">{site.name}</p>
        <p className="mt-8 flex flex-wrap justify-between gap-x-8 gap-y-2 text-sm">
          <span>${brief.about}</span>
          <a href="#top" className="underline underline-offset-4">
            Back to the top
          </a>
        </p>
      </div>
    </footer>`,
      { imports: [SITE] },
    );
  if (layouts.Footer === "columns")
    return component(
      "Footer",
      `<footer className="border-t border-line py-14">
      <div className="wrap grid gap-10 sm:grid-cols-[2fr_1fr_1fr]">
        <div>
          <p className="font-display text-2xl">{site.name}</p>
          <p className="mt-2 max-w-xs text-muted">${brief.about}</p>
        </div>
        <nav aria-label="Footer">
          <ul className="grid gap-2">
            {links.map((link) => (
              <li key={link.href}>
                <a href={link.href} className="underline-offset-4 hover:underline">
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p>
          <a href="#contact" className="underline underline-offset-4">
            ${actionOf(page)}
          </a>
        </p>
      </div>
    </footer>`,
      { imports: [SITE], data: data("links", linksOf(page)) },
    );
  return component(
    "Footer",
    `<footer className="wrap py-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-3 border-t border-line pt-6 text-sm">
        <p className="font-display text-xl">{site.name}</p>
        <p className="text-muted">${brief.about}</p>
        <a href="#top" className="underline underline-offset-4">
          Back to the top
        </a>
      </div>
    </footer>`,
    { imports: [SITE] },
  );
};
