/**
 * A page whose first render throws would be blank. Then it is run once more with a boundary around every component of the project:
 * the broken section says so in its place, the rest of the page stands. Off in a page that runs, so that nothing about it differs.
 */
import * as React from "react";
import { jsx as plainJsx, jsxs as plainJsxs } from "react/jsx-runtime";

type Jsx = typeof plainJsx;
type BoundaryProps = { component: React.ComponentType<object>; given: object };

const guarded = new WeakSet<object>();
let isOn = false;
let firstError: unknown = null;

/** Components of the project, as they are registered for refresh. */
export function guardComponent(component: object): void {
  guarded.add(component);
}

export function setGuard(on: boolean): void {
  isOn = on;
  firstError = null;
}

export function isGuarded(): boolean {
  return isOn;
}

/** What the boundaries have caught since the guard was set. */
export function caughtError(): unknown {
  return firstError;
}

class Boundary extends React.Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    firstError ??= error;
  }

  override render() {
    const { component, given } = this.props;
    if (this.state.error === null) return plainJsx(component, given);
    const { name } = component;
    return plainJsx("p", { style: NOTE, role: "note", children: `${name || "A part"} did not run.` });
  }
}

const NOTE = {
  margin: 0,
  padding: "1.5rem",
  font: "14px/1.5 system-ui, sans-serif",
  color: "#6b6257",
  background: "repeating-linear-gradient(45deg, #f4f1ea 0 12px, #efebe2 12px 24px)",
};

function guardedBy(make: Jsx): Jsx {
  return (type, props, key) => {
    if (!isOn || typeof type !== "function" || !guarded.has(type)) return make(type, props, key);
    return plainJsx(Boundary, { component: type as BoundaryProps["component"], given: props as object }, key);
  };
}

export const jsx = guardedBy(plainJsx);
export const jsxs = guardedBy(plainJsxs);
