/**
 * Which element of the page comes from which place of the source. Compiled JSX calls `jsx` with `void 0` as its `this`: there the
 * number of the tag in its file is put instead, and the element's props are remembered with it. So nothing is added to the page or
 * to the source, no line moves, and where the tag stands is only read when somebody asks.
 */
import type { jsx as plainJsx } from "react/jsx-runtime";

type Jsx = typeof plainJsx;
/** The n-th opening tag of a file, as it ran. */
export type TagNumber = { readonly path: string; readonly index: number };

const numbers = new WeakMap<object, TagNumber>();

const NUMBERED = /\.(?:jsxs?|createElement)\.call\(\d+, /g;
const NAMES = /\bvar (\w+) = require\("(react(?:\/jsx-runtime)?)"\);/g;

/**
 * Puts numbers into what sucrase wrote. The names it calls `jsx` by stand in its first line, in double quotes; those that a file
 * imports itself are in single ones. A tag with a key behind spread props becomes `createElement`: it has a number, and no place.
 */
export function numberTags(code: string): string {
  const end = code.indexOf("\n");
  const names = [...code.slice(0, end < 0 ? code.length : end).matchAll(NAMES)].map(([, name]) => name);
  if (names.length === 0) return code;
  let next = 0;
  const calls = new RegExp(`\\b(${names.join("|")})\\.(jsxs?|createElement)\\.call\\(void 0, `, "g");
  return code.replace(calls, (_, name, made) => `${name}.${made}.call(${next++}, `);
}

/** How many tags of a file were numbered. */
export function countTags(code: string): number {
  return code.match(NUMBERED)?.length ?? 0;
}

/** JSX for one file: remembers which of its tags an element is. */
export function placingRuntime<Runtime extends { jsx: Jsx; jsxs: Jsx }>(
  path: string,
  runtime: Runtime,
): Runtime {
  const known: TagNumber[] = [];
  const placing = (make: Jsx): Jsx =>
    function placed(this: unknown, type, props, key) {
      const element = make(type, props, key);
      if (typeof this === "number") {
        const number = known[this] ?? { path, index: this };
        known[this] = number;
        numbers.set(element.props as object, number);
      }
      return element;
    };
  return { ...runtime, jsx: placing(runtime.jsx), jsxs: placing(runtime.jsxs) };
}

/** Of the props of an element, which React keeps with what it renders. */
export function tagNumberOf(props: unknown): TagNumber | null {
  return (typeof props === "object" && props !== null && numbers.get(props)) || null;
}
