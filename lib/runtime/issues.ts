/**
 * What makes a page hard to use for somebody, as axe-core finds it: fetched when it is first asked for, run when the page is idle,
 * never while it is written. A page can lie about it: what comes out is a hint.
 */
import type { PageIssue } from "../preview/protocol.ts";
import { selectorOf } from "./point.ts";

type Found = { id: string; help: string; nodes: { element?: Element }[] };
type Axe = { run(context: Element, options: object): Promise<{ violations: Found[] }> };

const MAX_ISSUES = 50;
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
  elementRef: true,
  resultTypes: ["violations"],
};

let loading: Promise<Axe> | null = null;

/** `isStill`: nothing has been written since it was asked for. */
export async function findIssues(
  placeOf: (element: Element) => PageIssue["at"],
  isStill: () => boolean,
): Promise<PageIssue[] | null> {
  loading ??= load();
  const axe = await loading;
  await idle();
  if (!isStill()) return null;
  const { violations } = await axe.run(document.documentElement, RULES);
  if (!isStill()) return null;
  return violations
    .flatMap(({ id, help, nodes }) => nodes.map(({ element }) => issueOf(id, help, element, placeOf)))
    .slice(0, MAX_ISSUES);
}

function issueOf(
  rule: string,
  words: string,
  element: Element | undefined,
  placeOf: (element: Element) => PageIssue["at"],
): PageIssue {
  const at = element ? placeOf(element) : null;
  return { rule, words, selector: element ? selectorOf(element) : "", at };
}

/** Idle, or half a second later where the browser does not say. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 2_000 });
    else setTimeout(resolve, 500);
  });
}

/** Its address stands in the page's own script tag. It leaves nothing on the window. */
function load(): Promise<Axe> {
  return new Promise((resolve, reject) => {
    const { axe = "" } = document.querySelector<HTMLScriptElement>("script[data-axe]")?.dataset ?? {};
    const script = document.createElement("script");
    script.crossOrigin = "anonymous";
    script.src = `/${axe}`;
    script.onload = () => {
      const page = window as unknown as { axe?: Axe };
      script.remove();
      const loaded = page.axe;
      delete page.axe;
      if (loaded) resolve(loaded);
      else reject(new Error("axe did not start"));
    };
    script.onerror = () => {
      loading = null;
      reject(new Error("axe could not be fetched"));
    };
    document.head.append(script);
  });
}
