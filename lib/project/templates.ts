/** What a project can start from without a prompt; the pages themselves are made at build time (scripts/build-templates.ts). */
export type Template = {
  id: string;
  title: string;
  /** What the built-in designer is asked for; null: the fresh sheet. */
  prompt: string | null;
};

export const TEMPLATES: readonly Template[] = [
  { id: "blank", title: "Blank", prompt: null },
  {
    id: "pricing",
    title: "Pricing",
    prompt: "A small climbing gym called Overhang with prices and a contact form",
  },
  {
    id: "event",
    title: "Event",
    prompt: "A two-day conference on paper and print called Recto, with a programme",
  },
  {
    id: "portfolio",
    title: "Portfolio",
    prompt: "A portfolio for an architect who restores barns, called Holt",
  },
  {
    id: "restaurant",
    title: "Restaurant",
    prompt: "A restaurant called Sorrel with a short menu and opening hours",
  },
  {
    id: "product",
    title: "Product",
    prompt: "An app for invoices called Ledgerly, for people who work alone",
  },
  {
    id: "shop",
    title: "Shop",
    prompt: "A flower shop called Umbel selling tulips, wild bouquets and dried stems",
  },
];

/** The name under which a template's first page is kept beside those of commits. */
export function templateCommit(id: string): string {
  return `template-${id}`;
}
