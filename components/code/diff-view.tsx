"use client";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { looksOf } from "./editor-theme.ts";

export type DiffViewProps = {
  path: string;
  before: string;
  /** May change while it is shown; the place one looks at stays. */
  after: string;
  /** One below the other, or two columns. */
  layout: "unified" | "side";
  /** What the texts are called by those who listen, like "Turn 2" and "Now". */
  beforeLabel: string;
  afterLabel: string;
};

/** Changed text lies on its changed line: more of either colour, and comments fall below 4.5 : 1 (4.62 : 1 in light, on red). */
const colours = EditorView.theme({
  "&.cm-editor .cm-changedLine, &.cm-editor .cm-insertedLine, & .cm-inlineChangedLine": {
    backgroundColor: "color-mix(in oklab, var(--ok) 5%, transparent)",
  },
  "&.cm-merge-a .cm-changedLine, & .cm-deletedChunk": {
    backgroundColor: "color-mix(in oklab, var(--bad) 5%, transparent)",
  },
  "&.cm-editor .cm-changedText, & .cm-insertedLine .cm-changedText": {
    background: "color-mix(in oklab, var(--ok) 6%, transparent)",
    boxShadow: "inset 0 -2px 0 color-mix(in oklab, var(--ok) 40%, transparent)",
  },
  "&.cm-merge-a .cm-changedText, & .cm-deletedChunk .cm-deletedText": {
    background: "color-mix(in oklab, var(--bad) 6%, transparent)",
    boxShadow: "inset 0 -2px 0 color-mix(in oklab, var(--bad) 40%, transparent)",
  },
  "& .cm-deletedChunk del, & .cm-deletedLine": { textDecoration: "none" },
  "& .cm-changedLineGutter, &.cm-merge-b .cm-changedLineGutter": { background: "var(--ok)" },
  "&.cm-merge-a .cm-changedLineGutter, & .cm-deletedLineGutter": { background: "var(--bad)" },
  "& .cm-collapsedLines": {
    background: "var(--raised)",
    color: "var(--ink-2)",
    font: "500 11px/1.6 var(--font-sans)",
    padding: "2px 8px",
  },
});

const UNCHANGED = { margin: 3, minSize: 6 };

/** What differs between two texts of a file. Loaded when it is first shown: nothing else may import this module but by `import()`. */
export default function DiffView(props: DiffViewProps) {
  const { path, before, after, layout, beforeLabel, afterLabel } = props;
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef<EditorView | null>(null);
  const latest = useRef(after);
  latest.current = after;
  useEffect(() => {
    if (!box.current) return;
    const options = { path, before, after: latest.current, beforeLabel, afterLabel };
    const { view, destroy } =
      layout === "side" ? sideBySide(box.current, options) : unified(box.current, options);
    shown.current = view;
    return () => {
      shown.current = null;
      destroy();
    };
  }, [path, before, layout, beforeLabel, afterLabel]);
  useEffect(() => {
    if (shown.current) replaceText(shown.current, after);
  }, [after]);
  return <div ref={box} className="h-full overflow-auto [&_.cm-mergeView]:h-full" />;
}

type Options = Omit<DiffViewProps, "layout">;

function unified(parent: HTMLElement, { path, before, after, beforeLabel, afterLabel }: Options) {
  const changes = unifiedMergeView({
    original: before.replaceAll("\r\n", "\n"),
    mergeControls: false,
    collapseUnchanged: UNCHANGED,
  });
  const label = `Changes of ${path} from ${beforeLabel} to ${afterLabel}`;
  const state = EditorState.create({ doc: after, extensions: [readable(path, label), changes] });
  const view = new EditorView({ parent, state });
  return { view, destroy: () => view.destroy() };
}

function sideBySide(parent: HTMLElement, { path, before, after, beforeLabel, afterLabel }: Options) {
  const merge = new MergeView({
    parent,
    a: { doc: before, extensions: readable(path, `${path}: ${beforeLabel}`) },
    b: { doc: after, extensions: readable(path, `${path}: ${afterLabel}`) },
    collapseUnchanged: UNCHANGED,
  });
  return { view: merge.b, destroy: () => merge.destroy() };
}

/** To be read and copied, with a focus of its own: long lines are scrolled by keys. */
function readable(path: string, label: string): Extension {
  return [
    lineNumbers(),
    looksOf(path),
    colours,
    EditorView.lineWrapping,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
  ];
}

/** Only what differs, so that what one looks at stays where it is. */
function replaceText(view: EditorView, text: string): void {
  const now = view.state.doc.toString();
  const then = text.replaceAll("\r\n", "\n");
  if (now === then) return;
  let head = 0;
  const short = Math.min(now.length, then.length);
  while (head < short && now[head] === then[head]) head++;
  let tail = 0;
  while (tail < short - head && now[now.length - 1 - tail] === then[then.length - 1 - tail]) tail++;
  view.dispatch({
    changes: { from: head, to: now.length - tail, insert: then.slice(head, then.length - tail) },
  });
}
