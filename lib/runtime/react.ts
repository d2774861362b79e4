/** React with refresh: the refresh runtime hooks the page before react-dom is loaded, so its import stands first. */
import "./refresh-hook.ts";

import * as React from "react";
import * as jsxDevRuntime from "react/jsx-dev-runtime";
import * as jsxRuntime from "react/jsx-runtime";
import * as ReactDOM from "react-dom";
import * as ReactDOMClient from "react-dom/client";
import * as refresh from "react-refresh/runtime";

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

export const reactModules: Record<string, object> = {
  react: React,
  "react-dom": ReactDOM,
  "react-dom/client": { ...ReactDOMClient, createRoot },
  "react/jsx-runtime": jsxRuntime,
  "react/jsx-dev-runtime": jsxDevRuntime,
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
