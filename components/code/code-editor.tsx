"use client";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { gotoLine } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { type Text, UndoManager } from "yjs";
import type { LanguageClient } from "#lib/client/language-client.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { textEdits } from "#lib/client/text-edits.ts";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { carets } from "./carets.ts";
import { looksOf } from "./editor-theme.ts";
import { type Formatted, formatText } from "./format.ts";
import { ghostText } from "./ghost-text.ts";
import { languageExtensions } from "./language-extensions.ts";
import type { Spot } from "./spot.ts";

type CodeEditorProps = {
  client: RoomClient;
  variantId: VariantId;
  document: VariantDocument;
  drafts: DraftBook;
  path: string;
  /** The live text of that file: another one when the file was replaced by one of the same name. */
  text: Text;
  language: LanguageClient | null;
  /** What to show and select; each object is gone to once. */
  spot: Spot | null;
  readOnly: boolean;
  ref: Ref<EditorHandle>;
};

export type EditorHandle = {
  /** What went wrong, or what was done. */
  format(): Promise<{ ok: boolean; words: string }>;
  askLine(): void;
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
  const { client, variantId, document, drafts, path, text, language, spot, readOnly } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const shown = useRef<Spot | null>(null);
  const languageHere = useRef(new Compartment());
  useEffect(() => {
    if (!box.current) return;
    const extensions: Extension[] = [
      lineNumbers(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      languageHere.current.of([]),
      keymap.of([...yUndoManagerKeymap, { key: "Alt-g", run: gotoLine }, ...defaultKeymap, indentWithTab]),
      looksOf(path),
      theme,
      // Named focusable: a program that checks pages does not count what is editable.
      EditorView.contentAttributes.of({ "aria-label": "Code", tabindex: "0" }),
      // Places are counted in the document's characters, a \r among them: the editor must not fold it.
      EditorState.lineSeparator.of("\n"),
      EditorState.readOnly.of(readOnly),
      EditorView.editable.of(!readOnly),
      // No awareness of Yjs: whose caret it is says the server, not the page that sends it.
      yCollab(text, null, { undoManager: undoOf(text) }),
      ghostText(drafts, path),
      carets({ client, variantId, document, path }),
    ];
    const view = openView(box.current, text, extensions);
    editor.current = view;
    return () => {
      editor.current = null;
      closeView(view, text);
    };
  }, [client, variantId, document, drafts, path, text, readOnly]);
  useEffect(() => {
    const extensions = language ? languageExtensions(language, path) : [];
    editor.current?.dispatch({ effects: languageHere.current.reconfigure(extensions) });
  }, [language, path]);
  useEffect(() => {
    if (!editor.current || !spot || shown.current === spot) return;
    shown.current = spot;
    goTo(editor.current, spot);
  }, [spot]);
  useImperativeHandle(
    props.ref,
    () => ({
      format: async () =>
        editor.current ? formatView(editor.current, path, text) : { ok: false, words: "" },
      askLine: () => void (editor.current && gotoLine(editor.current)),
    }),
    [path, text],
  );
  return <div ref={box} className="h-full overflow-hidden" />;
}

type Left = { length: number; anchor: number; scroll: ReturnType<EditorView["scrollSnapshot"]> };
const left = new WeakMap<Text, Left>();

/** Where one left a file, one comes back to, as long as it is as long as it was. */
function openView(parent: HTMLElement, text: Text, extensions: Extension[]): EditorView {
  const place = left.get(text);
  const isSame = place?.length === text.length;
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions,
      ...(isSame ? { selection: { anchor: place.anchor } } : {}),
    }),
    ...(isSame ? { scrollTo: place.scroll } : {}),
  });
}

function closeView(view: EditorView, text: Text): void {
  const { doc, selection } = view.state;
  left.set(text, { length: doc.length, anchor: selection.main.head, scroll: view.scrollSnapshot() });
  view.destroy();
}

/** As this person's edit, of what differs only; one step of ⌘Z. */
async function formatView(
  view: EditorView,
  path: string,
  text: Text,
): Promise<{ ok: boolean; words: string }> {
  const before = view.state.doc;
  const formatted: Formatted = await formatText(path, before.toString());
  if (!formatted.ok) return { ok: false, words: formatted.message };
  if (!view.state.doc.eq(before)) return { ok: false, words: "The file changed meanwhile. Format it again." };
  const changes = textEdits(before.toString(), formatted.text);
  if (changes.length === 0) return { ok: true, words: "It is formatted already." };
  undoOf(text).stopCapturing();
  view.dispatch({ changes, userEvent: "format" });
  undoOf(text).stopCapturing();
  return {
    ok: true,
    words: `Formatted: ${changes.length} ${changes.length === 1 ? "place" : "places"} changed.`,
  };
}

const undos = new WeakMap<Text, UndoManager>();

/** Of this person's typing in a file, for as long as the page has it: the drawer may close in between. */
function undoOf(text: Text): UndoManager {
  const undo = undos.get(text) ?? new UndoManager(text);
  undos.set(text, undo);
  return undo;
}

/** A line that is not there any more: the last one. What is put in is this person's typing: ⌘Z takes it out again. */
function goTo(view: EditorView, { line, column = 1, length, insert = "" }: Spot): void {
  const { from, to } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const text = insert === "" || insert.endsWith("\n") ? insert : `${insert}\n`;
  const start = text === "" && length !== undefined ? Math.min(from + column - 1, to) : from;
  const end = length === undefined ? to : Math.min(start + length, view.state.doc.length);
  view.dispatch({
    changes: { from, insert: text },
    selection: { anchor: start, head: text === "" ? end : from + text.length },
    effects: EditorView.scrollIntoView(start, { y: "center" }),
  });
  view.focus();
}
