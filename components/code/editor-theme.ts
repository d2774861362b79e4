/** How code looks, wherever it is shown: ink on paper, few colours, all of them tokens, so that they read in light and dark. */
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "12.5px", backgroundColor: "var(--sheet)", color: "var(--ink)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--ink-3)", border: "none" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)", zIndex: "10" },
  ".cm-panels-top, .cm-panels-bottom": { border: "none" },
  ".cm-panel.cm-gotoLine, .cm-dialog": { padding: "6px 12px", font: "12px/1.5 var(--font-sans)" },
  ".cm-textfield": {
    border: "none",
    borderRadius: "3px",
    backgroundColor: "var(--sheet)",
    boxShadow: "inset 0 0 0 1px var(--line-strong)",
    padding: "2px 6px",
  },
  ".cm-button": {
    border: "none",
    backgroundImage: "none",
    backgroundColor: "var(--ink)",
    color: "var(--table)",
    borderRadius: "3px",
    padding: "2px 10px",
  },
});

const inks = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--a-ink)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: "var(--c-ink)" },
  { tag: [tags.tagName, tags.typeName, tags.className, tags.propertyName], color: "var(--b-ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color], color: "var(--warn)" },
  { tag: [tags.attributeName, tags.punctuation, tags.angleBracket], color: "var(--ink-2)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

/** Colours and the language of a file. */
export function looksOf(path: string): Extension {
  return [theme, syntaxHighlighting(inks), languageOf(path)];
}

function languageOf(path: string): Extension {
  if (path.endsWith(".css")) return css();
  if (path.endsWith(".json")) return json();
  if (/\.(?:html|svg|md)$/.test(path)) return html();
  if (/\.[cm]?[jt]sx?$/.test(path)) return javascript({ jsx: true, typescript: true });
  return [];
}
