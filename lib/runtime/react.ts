/** React with refresh: the refresh runtime hooks the page before react-dom is loaded, so its import stands first. */
import "./refresh-hook.ts";

import * as React from "react";
import * as compilerRuntime from "react/compiler-runtime";
import * as jsxDevRuntime from "react/jsx-dev-runtime";
import * as jsxRuntime from "react/jsx-runtime";
import * as ReactDOM from "react-dom";
import * as ReactDOMClient from "react-dom/client";
import * as refresh from "react-refresh/runtime";
import { Boundary, bounded, jsx, jsxs, onCaught, retryBroken } from "./boundary.ts";

type Root = ReactDOMClient.Root;

const roots = new Set<Root>();
let renderErrors: { error: unknown; path: string }[] = [];
let onError: () => void = () => {};

function noteError(error: unknown, path: string): void {
  renderErrors.push({ error, path });
  onError();
}

onCaught(noteError);

/** `createRoot` of the page: its roots are remembered, its first render is synchronous, its errors are ours to judge. */
function createRoot(container: Element, options: ReactDOMClient.RootOptions = {}): Root {
  const root = ReactDOMClient.createRoot(container, {
    ...options,
    onUncaughtError: (error) => noteError(error, ""),
    // Ours are told elsewhere; what a boundary of the page caught is its own affair.
    onCaughtError: (error, { errorBoundary }) => {
      if (!(errorBoundary instanceof Boundary)) console.error(error);
    },
  });
  roots.add(root);
  const render = root.render.bind(root);
  root.render = (element) => ReactDOM.flushSync(() => render(bounded(element) as React.ReactNode));
  return root;
}

/**
 * React's development build takes a stack trace and a console task for each of the first 10,000 elements of every second:
 * the larger part of a frame's time in a page that is being written. Nobody reads them here, so its counter is always full.
 */
function dropOwnerStacks(): void {
  const internals = (React as unknown as Record<string, object>)
    .__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;
  if (internals)
    Object.defineProperty(internals, "recentlyCreatedOwnerStacks", {
      get: () => Number.POSITIVE_INFINITY,
      set: () => {},
    });
}

dropOwnerStacks();

/** Strict mode renders everything twice to find impure components: in a preview, as in production, it is only a wrapper. */
const strictless = { ...React, StrictMode: React.Fragment };
const react = { ...strictless, default: strictless };

export const reactModules: Record<string, object> = {
  react,
  "react-dom": ReactDOM,
  "react-dom/client": { ...ReactDOMClient, createRoot },
  "react/jsx-runtime": { ...jsxRuntime, jsx, jsxs },
  "react/jsx-dev-runtime": jsxDevRuntime,
  // Packages that were built with React's compiler ask for it.
  "react/compiler-runtime": compilerRuntime,
};

export { refresh };

/** Puts what was registered since the last call into the page, in this task. */
export function refreshPage(): void {
  refresh.performReactRefresh();
  ReactDOM.flushSync(retryBroken);
}

/** Hears that something was thrown while rendering; `takeRenderError` tells what. */
export function onRenderError(listener: () => void): void {
  onError = listener;
}

/** The first error of rendering since the last call, apart from those of components that were broken before. */
export function takeRenderError(brokenBefore: ReadonlySet<string> = new Set()): unknown {
  const found = renderErrors.find(({ path }) => !brokenBefore.has(path));
  renderErrors = [];
  return found?.error ?? null;
}

/** Nothing of the page is shown. */
export function isBlank(): boolean {
  return document.getElementById("root")?.firstChild === null;
}

export function unmountRoots(): void {
  for (const root of roots) {
    try {
      root.unmount();
    } catch {
      // A tree that cannot be taken down cleanly is left behind; its container is emptied with the body.
    }
  }
  roots.clear();
}
