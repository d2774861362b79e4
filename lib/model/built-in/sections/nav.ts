/** The name, links to the sections that are there, and the button. */
import { linksOf } from "./around.ts";
import { actionOf, component, data, SITE, USE_STATE, type Writer } from "./write.ts";

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
