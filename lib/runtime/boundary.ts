/**
 * A section that throws must not take the page with it. Every component of the project that stands directly in an element of the
 * page (`<main><Hero /><Prices /></main>`) has an error boundary around it. Only there: a package that looks at its children
 * (Radix' Slot, motion's AnimatePresence) must find what the page wrote.
 */
import * as React from "react";
import { Fragment, jsx as plainJsx, jsxs as plainJsxs } from "react/jsx-runtime";

type Jsx = typeof plainJsx;
type Child = React.ReactElement<object>;
/** `path` is the file of the component around which it was caught. */
type Listener = (error: unknown, path: string) => void;

/** Components of the project → their files. */
const components = new WeakMap<object, string>();
const failed = new Set<Boundary>();
let listener: Listener = () => {};
let isQuiet = false;

/** Called for every component of the project, as it is registered for refresh. */
export function guardComponent(component: object, path: string): void {
  components.set(component, path);
}

/** Files whose components stand broken in the page. */
export function brokenPaths(): Set<string> {
  return new Set([...failed].map((boundary) => boundary.path()));
}

/** Hears every error that a boundary catches. */
export function onCaught(hear: Listener): void {
  listener = hear;
}

/** Tries what stands broken once more. Refresh does so by itself only after its first update of a page. */
export function retryBroken(): void {
  for (const boundary of failed) boundary.setState({ isBroken: false });
  failed.clear();
}

/** While a model writes a section that does not run yet is left out; afterwards it is named in its place. */
export function setQuiet(quiet: boolean): void {
  if (isQuiet === quiet) return;
  isQuiet = quiet;
  for (const boundary of failed) boundary.forceUpdate();
}

export class Boundary extends React.Component<{ child: Child }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown): void {
    failed.add(this);
    listener(error, this.path());
  }

  override componentWillUnmount(): void {
    failed.delete(this);
  }

  path(): string {
    return components.get(this.props.child.type as unknown as object) ?? "";
  }

  override render() {
    const { child } = this.props;
    if (!this.state.isBroken) return child;
    return isQuiet ? null : brokenNote(nameOf(child.type));
  }
}

/** Stands where a part of the page should be. */
export function brokenNote(name: string): React.ReactElement {
  return plainJsx("p", { style: NOTE, role: "note", children: `${name || "A part"} did not run.` });
}

const NOTE = {
  margin: 0,
  padding: "1.5rem",
  font: "14px/1.5 system-ui, sans-serif",
  color: "#6b6257",
  background: "repeating-linear-gradient(45deg, #f4f1ea 0 12px, #efebe2 12px 24px)",
};

/** A child, or a list of them, with boundaries; the very same value when none is needed. */
export function bounded(children: unknown): unknown {
  if (Array.isArray(children)) return children.some(isComponent) ? children.map(boundedOne) : children;
  return boundedOne(children);
}

function boundedOne(child: unknown): unknown {
  return isComponent(child) ? plainJsx(Boundary, { child }, child.key ?? undefined) : child;
}

function isComponent(child: unknown): child is Child {
  if (child === null || typeof child !== "object" || !("type" in child)) return false;
  const { type } = child;
  return (typeof type === "function" || (typeof type === "object" && type !== null)) && components.has(type);
}

function nameOf(type: unknown): string {
  const { displayName, name } = type as { displayName?: string; name?: string };
  return displayName ?? name ?? "";
}

function guardedBy(make: Jsx): Jsx {
  return (type, props, key) => {
    if (typeof type !== "string" && type !== Fragment) return make(type, props, key);
    // Compiled JSX gives each element an object of its own.
    const own = props as { children?: unknown };
    if (own.children !== undefined) own.children = bounded(own.children);
    return make(type, own, key);
  };
}

export const jsx = guardedBy(plainJsx);
export const jsxs = guardedBy(plainJsxs);
