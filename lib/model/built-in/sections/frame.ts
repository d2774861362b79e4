/** What stands around a page: announcement, navigation, footer. */
import { linkWords } from "../copy.ts";
import type { Page } from "../plan.ts";
import { SECTION_IDS } from "./names.ts";
import { actionOf, component, data, SITE, USE_STATE, type Writer } from "./write.ts";

/** The first sections of the page that have a name, and the offer. */
function linksOf({ order, brief }: Page): { href: string; label: string }[] {
  const links = order.flatMap((name) => {
    const label = name === "Pricing" ? brief.subject.offer : linkWords[name];
    return label ? [{ href: `#${SECTION_IDS[name]}`, label }] : [];
  });
  return links.slice(0, 4);
}

/** A dark band closes a light page; on a dark page it would glare. */
function inverse({ palette }: Page): string {
  return palette.paper.l < 0.55 ? "bg-surface text-ink" : "bg-ink text-paper";
}

export const Banner: Writer = (page) => {
  const { headlines } = page.brief.subject;
  const said = headlines.find((each) => each !== page.headline) ?? page.headline;
  if (page.layouts.Banner === "line")
    return component(
      "Banner",
      `<aside id="notice" aria-label="Notice" className="${inverse(page)} px-6 py-2 text-center text-sm">
      ${said}.{" "}
      <a href="#contact" className="underline underline-offset-4">
        ${actionOf(page)}
      </a>
    </aside>`,
    );
  return component(
    "Banner",
    `<aside id="notice" aria-label="Notice" className="overflow-hidden ${inverse(page)} py-2 text-sm">
      <p className="sr-only">${said}</p>
      <p aria-hidden="true" className="flex gap-8 whitespace-nowrap">
        {Array.from({ length: 12 }, (_, index) => (
          <span key={index}>${said} ✳</span>
        ))}
      </p>
    </aside>`,
  );
};

export const Nav: Writer = (page) => {
  const links = data("links", linksOf(page));
  const items = `{links.map((link) => (
            <li key={link.href}>
              <a href={link.href} className="underline-offset-4 hover:underline">
                {link.label}
              </a>
            </li>
          ))}`;
  if (page.layouts.Nav === "centred")
    return component(
      "Nav",
      `<header className="wrap pt-8 text-center">
      <a href="#top" className="font-display text-3xl">
        {site.name}
      </a>
      <nav aria-label="Main" className="mt-5 border-y border-line py-3">
        <ul className="flex flex-wrap justify-center gap-x-8 gap-y-1 text-sm">
          ${items}
        </ul>
      </nav>
    </header>`,
      { imports: [SITE], data: links },
    );
  const pill = page.layouts.Nav === "pill";
  const wall = page.layouts.Hero === "wall";
  return component(
    "Nav",
    `<header className="${pill ? "wrap pt-5" : wall ? "bg-paper" : "border-b border-line"}">
      <nav
        aria-label="Main"
        className="${pill ? "card flex flex-wrap items-center gap-x-8 px-6 py-3" : "wrap flex flex-wrap items-center gap-x-8 py-4"}"
      >
        <a href="#top" className="font-display text-xl${pill ? " font-semibold" : ""}">
          {site.name}
        </a>
        <button type="button" className="ml-auto py-2 md:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>
          Menu
        </button>
        <ul className={\`\${open ? "flex" : "hidden"} w-full flex-col gap-3 py-4 md:ml-auto md:flex md:w-auto md:flex-row md:items-center md:gap-8 md:py-0\`}>
          ${items}
          <li>
            <a href="#contact" className="button py-2">
              ${actionOf(page)}
            </a>
          </li>
        </ul>
      </nav>
    </header>`,
    { imports: [USE_STATE, SITE], data: links, state: "  const [open, setOpen] = useState(false);\n" },
  );
};

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
