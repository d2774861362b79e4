/** React with refresh: the refresh runtime hooks the page before react-dom is loaded, so its import stands first. */
import "./refresh-hook.ts";

import * as React from "react";
import * as compilerRuntime from "react/compiler-runtime";
import * as jsxDevRuntime from "react/jsx-dev-runtime";
import * as jsxRuntime from "react/jsx-runtime";
import * as ReactDOM from "react-dom";
import * as ReactDOMClient from "react-dom/client";
import * as refresh from "react-refresh/runtime";
import { jsx, jsxs } from "./guard.ts";

type Root = ReactDOMClient.Root;

const roots = new Set<Root>();
let renderError: unknown = null;

/** `createRoot` of the page: its roots are remembered, its first render is synchronous, its errors are ours to judge. */
function createRoot(container: Element, options: ReactDOMClient.RootOptions = {}): Root {
  const root = ReactDOMClient.createRoot(container, {
    ...options,
    onUncaughtError: (error) => {
      renderError ??= error;
    },
  });
  roots.add(root);
  const render = root.render.bind(root);
  root.render = (element) => ReactDOM.flushSync(() => render(element));
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

/** The first error of rendering since the last call. */
export function takeRenderError(): unknown {
  const error = renderError;
  renderError = null;
  return error;
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
