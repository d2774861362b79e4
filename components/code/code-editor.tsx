"use client";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { type Text, UndoManager } from "yjs";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { carets } from "./carets.ts";
import { ghostText } from "./ghost-text.ts";

type CodeEditorProps = {
  client: RoomClient;
  variantId: VariantId;
  document: VariantDocument;
  drafts: DraftBook;
  path: string;
  /** A line (from 1) to show and select, and text to put in above it. */
  place: { line?: number; insert?: string } | null;
  readOnly: boolean;
};

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "12.5px", backgroundColor: "var(--sheet)", color: "var(--ink)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--ink-3)", border: "none" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-caret": {
    position: "relative",
    borderLeft: "2px solid var(--who)",
    marginLeft: "-1px",
    marginRight: "-1px",
  },
  ".cm-caret > span": {
    position: "absolute",
    bottom: "100%",
    left: "-2px",
    padding: "0 4px",
    borderRadius: "3px 3px 3px 0",
    backgroundColor: "var(--who)",
    color: "#fff",
    font: "600 10px/1.5 var(--font-sans)",
    whiteSpace: "nowrap",
    pointerEvents: "none",
    zIndex: "5",
  },
  // The first line has no room above it.
  ".cm-line:first-of-type .cm-caret > span": { bottom: "auto", top: "100%", borderRadius: "0 3px 3px 3px" },
  ".cm-theirs": { backgroundColor: "color-mix(in oklab, var(--who) 36%, transparent)" },
  ".cm-ghost": {
    color: "var(--ink-3)",
    borderLeft: "2px solid var(--v)",
    paddingLeft: "2px",
    whiteSpace: "pre-wrap",
  },
});

/** Ink on paper: few colours, all of them tokens, so that they read in light and dark. */
const inks = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--a-ink)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: "var(--c-ink)" },
  { tag: [tags.tagName, tags.typeName, tags.className, tags.propertyName], color: "var(--b-ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color], color: "var(--warn)" },
  { tag: [tags.attributeName, tags.punctuation, tags.angleBracket], color: "var(--ink-2)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

/** CodeMirror on the live text. ⌘Z takes back this person's typing only. */
export default function CodeEditor(props: CodeEditorProps) {
  const { client, variantId, document, drafts, path, place, readOnly } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const shown = useRef<CodeEditorProps["place"]>(null);
  useEffect(() => {
    const text = document.text(path);
    if (!text || !box.current) return;
    const extensions: Extension[] = [
      lineNumbers(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(inks),
      keymap.of([...yUndoManagerKeymap, ...defaultKeymap, indentWithTab]),
      languageOf(path),
      theme,
      EditorView.contentAttributes.of({ "aria-label": "Code" }),
      EditorState.readOnly.of(readOnly),
      EditorView.editable.of(!readOnly),
      // No awareness of Yjs: whose caret it is says the server, not the page that sends it.
      yCollab(text, null, { undoManager: undoOf(text) }),
      ghostText(drafts, path),
      carets({ client, variantId, document, path }),
    ];
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({ doc: text.toString(), extensions }),
    });
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, [client, variantId, document, drafts, path, readOnly]);
  useEffect(() => {
    if (!editor.current || !place || shown.current === place) return;
    shown.current = place;
    showPlace(editor.current, place);
  }, [place]);
  return <div ref={box} className="h-full overflow-hidden" />;
}

const undos = new WeakMap<Text, UndoManager>();

/** Of this person's typing in a file, for as long as the page has it: the drawer may close in between. */
function undoOf(text: Text): UndoManager {
  const undo = undos.get(text) ?? new UndoManager(text);
  undos.set(text, undo);
  return undo;
}

/** A line that is not there any more: the last one. What is put in is this person's typing: ⌘Z takes it out again. */
function showPlace(view: EditorView, { line = 1, insert = "" }: { line?: number; insert?: string }): void {
  const { from, to } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const text = insert === "" || insert.endsWith("\n") ? insert : `${insert}\n`;
  view.dispatch({
    changes: { from, insert: text },
    selection: { anchor: from, head: text === "" ? to : from + text.length },
    effects: EditorView.scrollIntoView(from, { y: "center" }),
  });
  view.focus();
}

function languageOf(path: string): Extension {
  if (path.endsWith(".css")) return css();
  if (path.endsWith(".json")) return json();
  if (path.endsWith(".html")) return html();
  return javascript({ jsx: true, typescript: true });
}
