/**
 * What a turn changed, for the wash over it: the elements that a run of the page touched, at most twelve, where the browser laid them
 * out. Their places come from an observer after layout, so that none is forced; the relay paints, and nothing of it is in the page.
 */
import type { Area } from "../preview/protocol.ts";

const MAX_ELEMENTS = 12;
/** Of what is seen: where nearly everything changed, a wash tells nothing apart and hides the page. */
const MAX_SHARE = 0.6;
/** Kept until they are told; what is older is not among the newest twelve elements. */
const MAX_RECORDS = 500;
const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ["class", "style", "src", "href", "hidden"],
};

export type Wash = {
  /** Notes what the work changes in the page. */
  during(work: () => void): void;
  /** Scrolled: what still stands is told anew. */
  follow(): void;
};

type WashedArea = Area & { key: number };

/** So long it stands. */
const WASH_MS = 900;
/** What fades for 900 ms is told five times a second: told at every repaint it cost the pages a third of their repaints. */
const TELL_MS = 200;

/** `isMoved`: they are the same as before, at another place. */
export function createWash(draw: (areas: WashedArea[], isMoved: boolean) => void): Wash {
  const mutations = new MutationObserver(() => {});
  const keys = new WeakMap<Element, number>();
  let lastKey = 0;
  let waiting: MutationRecord[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = new Set<Element>();
  let toldAt = Number.NEGATIVE_INFINITY;
  let isMoved = false;
  const places = new IntersectionObserver((entries) => {
    for (const { target } of entries) places.unobserve(target);
    const washed = outermost(entries.filter(isWorthWash));
    // Only what was drawn has a place that can move.
    if (!isMoved) told = new Set(washed.map(({ target }) => target));
    const areas = washed.map(({ target, boundingClientRect }) => {
      const { x, y, width, height } = boundingClientRect;
      return { key: keyOf(target), x, y, width, height };
    });
    if (areas.length > 0) draw(areas, isMoved);
  });

  function keyOf(element: Element): number {
    const key = keys.get(element) ?? ++lastKey;
    keys.set(element, key);
    return key;
  }

  function tell(): void {
    timer = undefined;
    told = changedBy(waiting);
    waiting = [];
    toldAt = performance.now();
    show(false);
  }

  function show(moved: boolean): void {
    isMoved = moved;
    for (const element of told) places.observe(element);
  }

  return {
    during(work) {
      mutations.observe(document.body, OBSERVED);
      try {
        work();
      } finally {
        waiting.push(...mutations.takeRecords());
        waiting = waiting.slice(-MAX_RECORDS);
        mutations.disconnect();
        const sinceMs = performance.now() - toldAt;
        if (waiting.length > 0 && timer === undefined)
          timer = setTimeout(tell, Math.max(0, TELL_MS - sinceMs));
      }
    },
    follow: () => (performance.now() - toldAt < WASH_MS ? show(true) : undefined),
  };
}

/** The smallest elements that hold each change, the newest of them. */
export function changedBy(records: readonly MutationRecord[]): Set<Element> {
  const changed = new Set<Element>();
  for (const record of records) for (const element of touchedBy(record)) changed.add(element);
  return new Set([...changed].filter((each) => each.isConnected).slice(-4 * MAX_ELEMENTS));
}

function isWorthWash({ isIntersecting, intersectionRect: seen }: IntersectionObserverEntry): boolean {
  return isIntersecting && (seen.width * seen.height) / (innerWidth * innerHeight) <= MAX_SHARE;
}

/** Of one inside another the outer one, of these the newest. Asked of what may be washed: a section too large for it hides no line of it. */
function outermost(entries: IntersectionObserverEntry[]): IntersectionObserverEntry[] {
  const holds = (other: Element, each: Element) => other !== each && other.contains(each);
  return entries
    .filter(({ target }) => !entries.some((other) => holds(other.target, target)))
    .slice(-MAX_ELEMENTS);
}

function touchedBy({ type, target, addedNodes }: MutationRecord): Element[] {
  const holder = target instanceof Element ? target : target.parentElement;
  if (type !== "childList") return holder ? [holder] : [];
  const added = [...addedNodes].flatMap((node) =>
    node instanceof Element ? [node] : node.parentElement ? [node.parentElement] : [],
  );
  // What went away leaves nothing to be seen: its holder may be the whole page.
  return added;
}
