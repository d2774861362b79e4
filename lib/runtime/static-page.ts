/**
 * Under a page that was built on the server (lib/share/build-page.ts): the packages that it imports, and the handshake with the
 * relay, which watches it as it watches a preview. Nothing is compiled, healed or refreshed here, and nothing of the page is
 * there before the relay has taken this document for the one that it asked for (lib/http/shared-page.ts).
 */
import { installShims } from "./shims.ts";

installShims();

import * as clsx from "clsx";
import * as React from "react";
import * as compilerRuntime from "react/compiler-runtime";
import * as jsxRuntime from "react/jsx-runtime";
import * as ReactDOM from "react-dom";
import * as ReactDOMClient from "react-dom/client";
import * as tailwindMerge from "tailwind-merge";
import { STATIC_PAGE_ID, type StaticPage } from "../project/shared-path.ts";
import { connect } from "./connect.ts";
import { interop } from "./interop.ts";

type Modules = Record<string, object>;

const modules: Modules = {};
const own = {
  react: { ...React, default: React },
  "react-dom": ReactDOM,
  "react-dom/client": ReactDOMClient,
  "react/jsx-runtime": jsxRuntime,
  "react/compiler-runtime": compilerRuntime,
  clsx,
  "tailwind-merge": tailwindMerge,
};
for (const [name, module] of Object.entries(own)) modules[name] = interop(module);

/** Under the name by which package scripts know the runtime's registry (packages.ts). */
Object.defineProperty(window, "__triptychPackages", {
  value: {
    modules,
    loaded(name: string) {
      modules[name] = interop(modules[name] as object);
    },
    add(added: Modules) {
      for (const [name, module] of Object.entries(added)) {
        if (name in own) continue;
        modules[name] = interop(module);
        const { __css: css } = module as { __css?: unknown };
        if (typeof css === "string") addSheet(css);
      }
    },
    style(_names: string[], css: string) {
      addSheet(css);
    },
  },
});

/** Before the page's own, which may say otherwise. */
function addSheet(css: string): void {
  const element = document.createElement("style");
  element.textContent = css;
  document.head.insertBefore(element, document.head.querySelector("style[data-styles]"));
}

const data = document.getElementById(STATIC_PAGE_ID)?.textContent ?? "";

connect(
  () => {},
  () => {},
  { page: location.pathname, onTaken: () => show(JSON.parse(data) as StaticPage) },
);

function show(page: StaticPage): void {
  if ("problem" in page) return note(page.problem);
  const style = Object.assign(document.createElement("style"), { textContent: page.css });
  style.dataset.styles = "";
  document.head.append(style);
  document.documentElement.lang = page.lang;
  document.title = page.title;
  document.body.className = page.bodyClass;
  document.body.innerHTML = page.body;
  for (const src of page.scripts) {
    // In order, each as soon as it and those before it are here.
    const script = Object.assign(document.createElement("script"), { src, async: false });
    script.crossOrigin = "anonymous";
    document.head.append(script);
  }
}

function note(sentence: string): void {
  const element = Object.assign(document.createElement("p"), { textContent: sentence });
  element.style.cssText = "margin:0;padding:1.5rem;font:14px/1.5 system-ui,sans-serif;color:#6b6257";
  (document.getElementById("root") ?? document.body).append(element);
}

/** Only this one page is here: a path of the site would be an empty frame. */
addEventListener("click", (event) => {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (event.defaultPrevented || !(link instanceof HTMLAnchorElement) || link.href === "") return;
  if (link.pathname !== location.pathname) event.preventDefault();
});

addEventListener("error", () => {
  if (document.getElementById("root")?.childElementCount === 0) note("This page did not start.");
});
