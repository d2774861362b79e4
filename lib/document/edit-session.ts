/**
 * The open edits of one turn: `apply` is the only way a model's edit enters a document, and says what viewers of the draft
 * must hear. A failed edit leaves the document as it was before it, people's typing excepted (edits.md §1).
 *
 * Do not wrap `apply` in another transaction: undo knows an edit by the origin of its own transactions.
 */
import * as Y from "yjs";
import { GrowingText } from "#lib/edit/growing-text.ts";
import type { Edit } from "#lib/edit/types.ts";
import type { Origin } from "./types.ts";
import type { VariantDocument } from "./variant-document.ts";

export type DraftResult = "applied" | "failed" | "stopped" | "cut";

/** What a viewer of a draft hears, in order. Anchors are null while the file does not exist. */
export type DraftFact =
  | { type: "draft-start"; editId: number; path: string; start: string | null; end: string | null }
  | { type: "draft-delta"; editId: number; text: string }
  | { type: "draft-splice"; editId: number; used: number; start: string | null; end: string | null }
  | { type: "draft-end"; editId: number; result: DraftResult };

export type OpenEdit = {
  editId: number;
  path: string;
  start: string | null;
  end: string | null;
  text: string;
};

export type EditSession = {
  apply(edit: Edit): DraftFact[];
  /** Where the region of an open edit is now; null when a person typed inside it. */
  region(id: number): { start: number; end: number } | null;
  open(): OpenEdit[];
  /** Undoes what is open and ends its drafts: the turn was stopped or cut. */
  abandon(result: "stopped" | "cut"): DraftFact[];
  /** No edit of the turn comes any more. Call once; the turn can be undone as long as it is not forgotten. */
  close(): TurnUndo;
};

export type TurnUndo = {
  /** Takes the whole turn back as one step; what other people wrote stays. Works once. */
  undo(): void;
  /** Lets go of the document: the deleted text need not be kept any longer. */
  forget(): void;
};

/** `expected`: what the region holds unless somebody else wrote in it. */
type Live = Omit<OpenEdit, "text"> & {
  draft: GrowingText;
  history: Y.UndoManager;
  origin: Origin;
  expected: string;
  touched: boolean;
  drafted: boolean;
};

export function openEditSession(document: VariantDocument, origin: Origin): EditSession {
  const live = new Map<number, Live>();
  const turnOrigins = new Set<unknown>();
  const turnHistory = createHistory(document, turnOrigins);
  const unsubscribe = document.onChange((changes, by) => {
    if (turnOrigins.has(by)) return;
    const paths = new Set(changes.map((change) => change.path));
    for (const edit of live.values())
      if (paths.has(edit.path)) edit.touched ||= textOf(edit) !== edit.expected;
  });

  function regionOf(edit: Live): { start: number; end: number } {
    const start = edit.start === null ? 0 : (document.resolve(edit.path, edit.start) ?? 0);
    const end = edit.end === null ? 0 : (document.resolve(edit.path, edit.end) ?? start);
    return { start, end: Math.max(start, end) };
  }

  function begin(id: number, path: string): Live {
    const known = live.get(id);
    if (known) return known;
    // An origin of its own for each edit: undo takes back exactly what carries it.
    const own: Origin = { ...origin };
    turnOrigins.add(own);
    const history = createHistory(document, new Set([own]));
    const edit: Live = {
      editId: id,
      path,
      start: null,
      end: null,
      draft: new GrowingText(),
      history,
      origin: own,
      expected: "",
      touched: false,
      drafted: false,
    };
    live.set(id, edit);
    return edit;
  }

  function anchor(edit: Live, start: number, end: number): void {
    edit.start = document.anchor(edit.path, start, "start");
    edit.end = document.anchor(edit.path, end, "end");
    edit.expected = textOf(edit);
  }

  /** Text typed exactly on a border counts as inside: the anchors hold it. */
  function textOf(edit: Live): string {
    const { start, end } = regionOf(edit);
    return document.read(edit.path)?.slice(start, end) ?? "";
  }

  function finish(edit: Live, result: DraftResult): DraftFact[] {
    if (result !== "applied") edit.history.undo();
    edit.history.destroy();
    live.delete(edit.editId);
    return edit.drafted ? [{ type: "draft-end", editId: edit.editId, result }] : [];
  }

  function start({ id, path, start: from, end }: Extract<Edit, { type: "start" }>): DraftFact[] {
    const edit = begin(id, path);
    anchor(edit, from, end);
    // An edit that begins again goes on somewhere else, with an empty draft.
    edit.draft.take();
    edit.drafted = true;
    return [{ type: "draft-start", editId: id, path, start: edit.start, end: edit.end }];
  }

  function splice({
    id,
    path,
    start: from,
    end,
    text,
    used,
    at,
  }: Extract<Edit, { type: "splice" }>): DraftFact[] {
    const edit = begin(id, path);
    const regionEnd = edit.end === null ? end : regionOf(edit).end;
    document.splice(path, from, end, text, edit.origin);
    if (used > 0) edit.draft.dropFront(used);
    anchor(edit, at, Math.max(at, regionEnd + text.length - (end - from)));
    return edit.drafted ? [{ type: "draft-splice", editId: id, used, start: edit.start, end: edit.end }] : [];
  }

  function apply(edit: Edit): DraftFact[] {
    switch (edit.type) {
      case "start":
        return start(edit);
      case "delta":
        begin(edit.id, "").draft.append(edit.text);
        return [{ type: "draft-delta", editId: edit.id, text: edit.text }];
      case "splice":
        return splice(edit);
      case "create":
        document.create(edit.path, "", begin(edit.id, edit.path).origin);
        return [];
      case "delete":
        document.remove(edit.path, begin(edit.id, edit.path).origin);
        return [];
      case "move":
        document.move(edit.path, edit.to, begin(edit.id, edit.path).origin);
        return [];
      case "end":
        return finish(begin(edit.id, edit.path), "applied");
      case "fail":
        return finish(begin(edit.id, edit.path ?? ""), "failed");
      default:
        return edit satisfies never;
    }
  }

  return {
    apply,
    region(id) {
      const edit = live.get(id);
      return !edit || edit.touched ? null : regionOf(edit);
    },
    open: () =>
      [...live.values()]
        .filter((edit) => edit.drafted)
        .map(({ editId, path, start, end, draft }) => ({ editId, path, start, end, text: draft.toString() })),
    abandon: (result) => [...live.values()].reverse().flatMap((edit) => finish(edit, result)),
    close() {
      unsubscribe();
      for (const edit of live.values()) edit.history.destroy();
      return { undo: () => void turnHistory.undo(), forget: () => turnHistory.destroy() };
    },
  };
}

/** One stack item however long the edit takes. Its own transactions carry the manager as origin: it says it is the system. */
function createHistory(document: VariantDocument, trackedOrigins: Set<unknown>): Y.UndoManager {
  const history = new Y.UndoManager(document.doc.getMap("files"), {
    trackedOrigins,
    captureTimeout: Number.MAX_SAFE_INTEGER,
  });
  return Object.assign(history, { kind: "system", reason: "undo" } satisfies Origin);
}
