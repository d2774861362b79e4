/** A source as the frame would run it, without a frame: compile, evaluate, render to a string. */
import { createRequire } from "node:module";
import { createElement, type ElementType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Compiled, transpile } from "#lib/runtime/transpile.ts";

export type Rendered = { ok: true; hasDefault: boolean } | { ok: false; stage: Stage; message: string };
export type Stage =
  | "does not compile"
  | "throws when evaluated"
  | "throws when rendered"
  | "has no component";

/** A half component may hold itself, and more than once. */
const MAX_ELEMENTS = 20_000;

const require = createRequire(import.meta.url);
let elements = 0;
const modules: Record<string, unknown> = { "react/jsx-runtime": countedRuntime() };

/** The parser's error is a value: it is the most frequent outcome. */
export function compileFor(path: string, source: string): Compiled | { error: string } {
  try {
    return transpile(path, source);
  } catch (error) {
    return { error: messageOf(error) };
  }
}

export function render(compiled: Compiled): Rendered {
  let stage: Stage = "throws when evaluated";
  try {
    const { exports, components } = evaluate(compiled);
    const component = exports.default ?? components.at(-1);
    if (component === undefined)
      return { ok: false, stage: "has no component", message: "nothing to render" };
    stage = "throws when rendered";
    elements = 0;
    quietly(() => renderToStaticMarkup(createElement(component as ElementType)));
    return { ok: true, hasDefault: exports.default !== undefined };
  } catch (error) {
    return { ok: false, stage, message: messageOf(error) };
  }
}

/** `components`: what stands at the top of the file under a capitalised name, as refresh hears of it. */
function evaluate(compiled: Compiled): { exports: Record<string, unknown>; components: unknown[] } {
  const module = { exports: {} as Record<string, unknown> };
  const components: unknown[] = [];
  const register = (component: unknown) => {
    if (isComponent(component)) components.push(component);
  };
  compiled.run((name) => modules[name] ?? require(name), module, module.exports, register, {
    MODE: "development",
  });
  return { exports: module.exports, components };
}

function countedRuntime(): Record<string, unknown> {
  const runtime = require("react/jsx-runtime") as Record<string, (...given: unknown[]) => unknown>;
  const counted =
    (name: string) =>
    (...given: unknown[]) => {
      if (++elements > MAX_ELEMENTS) throw new Error("renders without end");
      return runtime[name]?.(...given);
    };
  return { ...runtime, jsx: counted("jsx"), jsxs: counted("jsxs") };
}

function isComponent(value: unknown): boolean {
  return typeof value === "function" || (typeof value === "object" && value !== null && "$$typeof" in value);
}

/** React's development build warns of keys and nesting: half pages have many. */
function quietly(work: () => void): void {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    work();
  } finally {
    Object.assign(console, { error, warn });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
