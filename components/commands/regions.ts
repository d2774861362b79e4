/** F6 goes from region to region, in the order of the page; out of a preview, too, once the browser gives the key back. */
const REGIONS =
  "header, nav[aria-label=Turns], main article, aside, section[aria-label=Prompt], [data-region]";
export const FOCUSABLE =
  "textarea, a[href], button:not(:disabled), input:not(:disabled), select, [tabindex]:not([tabindex='-1'])";

export function moveRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(isSeen);
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : regions.length - 1) : (at + by + regions.length) % regions.length;
  const region = regions[next] as HTMLElement;
  const first = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isSeen);
  if (first) return first.focus();
  region.tabIndex = -1;
  region.focus();
}

export function isSeen(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}
