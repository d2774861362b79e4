"use client";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { type Text, UndoManager } from "yjs";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { carets } from "./carets.ts";
import { looksOf } from "./editor-theme.ts";
import { ghostText } from "./ghost-text.ts";

type CodeEditorProps = {
  client: RoomClient;
  variantId: VariantId;
  document: VariantDocument;
  drafts: DraftBook;
  path: string;
  /** The live text of that file: another one when the file was replaced by one of the same name. */
  text: Text;
  /** A line (from 1) to show and select, and text to put in above it. */
  place: { line?: number; insert?: string } | null;
  readOnly: boolean;
};

const theme = EditorView.theme({
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

/** CodeMirror on the live text. ⌘Z takes back this person's typing only. */
export default function CodeEditor(props: CodeEditorProps) {
  const { client, variantId, document, drafts, path, text, place, readOnly } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const shown = useRef<CodeEditorProps["place"]>(null);
  useEffect(() => {
    if (!box.current) return;
    const extensions: Extension[] = [
      lineNumbers(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      keymap.of([...yUndoManagerKeymap, ...defaultKeymap, indentWithTab]),
      looksOf(path),
      theme,
      EditorView.contentAttributes.of({ "aria-label": "Code" }),
      // Places are counted in the document's characters, a \r among them: the editor must not fold it.
      EditorState.lineSeparator.of("\n"),
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
  }, [client, variantId, document, drafts, path, text, readOnly]);
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
