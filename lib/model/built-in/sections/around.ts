/** What navigation, announcement and footer share. */
import { linkWords } from "../copy.ts";
import type { Page } from "../plan.ts";
import { SECTION_IDS } from "./names.ts";

/** The first sections of the page that have a name, and the offer. */
export function linksOf({ order, brief }: Page): { href: string; label: string }[] {
  const links = order.flatMap((name) => {
    const label = name === "Pricing" ? brief.subject.offer : linkWords[name];
    return label ? [{ href: `#${SECTION_IDS[name]}`, label }] : [];
  });
  return links.slice(0, 4);
}

/** A dark band closes a light page; on a dark page it would glare. */
export function inverse({ palette }: Page): string {
  return palette.paper.l < 0.55 ? "bg-surface text-ink" : "bg-ink text-paper";
}
