/**
 * From an element of the page to its tag in the source. React keeps with each DOM node what it rendered it from; there stand the
 * props whose tag was remembered. What a package rendered has the tag of the project's element that used it.
 */
import { tagNumberOf } from "./element-places.ts";

type Fiber = { type: unknown; memoizedProps: unknown; return: Fiber | null };
/** `isOwn`: the tag is this very element, not one that a component put around it. */
export type Pointed = { path: string; index: number; isOwn: boolean };

/** Null for what React did not render, and for what no file of the project wrote. */
export function pointedAt(element: Element): Pointed | null {
  const own = fiberOf(element);
  for (let fiber = own; fiber; fiber = fiber.return) {
    const number = tagNumberOf(fiber.memoizedProps);
    if (number) return { ...number, isOwn: fiber === own };
    // A component of the project renders its own tags: what has none here came from elsewhere.
  }
  return null;
}

/**
 * The tags whose whole content is the text of an element: its own first, then those of components that hand it through, as in
 * `<Button>Order</Button>`.
 */
export function tagsOfText(element: Element): Pointed[] {
  const own = fiberOf(element);
  const text = element.textContent;
  const tags: Pointed[] = [];
  for (let fiber = own; fiber; fiber = fiber.return) {
    const { children } = (fiber.memoizedProps ?? {}) as { children?: unknown };
    const number = tagNumberOf(fiber.memoizedProps);
    if (number && children === text) tags.push({ ...number, isOwn: fiber === own });
    // Another element of the page is around it: from there on the text is not all there is.
    if (fiber !== own && typeof fiber.type === "string") break;
  }
  return tags;
}

/** The name of the component that an element stands in; "" for none that has a name. */
export function componentOf(element: Element): string {
  for (let fiber = fiberOf(element); fiber; fiber = fiber.return) {
    const { type } = fiber;
    if (
      typeof type === "function" &&
      type.name &&
      type.name !== "Boundary" &&
      tagNumberOf(fiber.memoizedProps)
    )
      return type.name;
  }
  return "";
}

/** The element itself, or the nearest one around it that React rendered. */
export function rendered(element: Element | null): Element | null {
  for (let each = element; each; each = each.parentElement) if (fiberOf(each)) return each;
  return null;
}

/** A path of CSS to an element, from the nearest id on. */
export function selectorOf(element: Element): string {
  const steps: string[] = [];
  for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
    if (each.id && each.id !== "root") return [`#${CSS.escape(each.id)}`, ...steps].join(" > ");
    if (each.id === "root") break;
    steps.unshift(each.localName + ordinal(each));
  }
  return steps.slice(-6).join(" > ").slice(-400);
}

function ordinal(element: Element): string {
  const alike = [...(element.parentElement?.children ?? [])].filter(
    ({ localName }) => localName === element.localName,
  );
  return alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : "";
}

let key = "";

function fiberOf(element: Element): Fiber | null {
  if (!(key in element)) key = Object.keys(element).find((each) => each.startsWith("__reactFiber$")) ?? "?";
  return (element as unknown as Record<string, Fiber | undefined>)[key] ?? null;
}
