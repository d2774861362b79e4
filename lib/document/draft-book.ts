/** The drafts a viewer sees: facts in, texts with their place in the document as it is now out. Never stored. */
import type { DraftFact } from "./edit-session.ts";
import type { VariantDocument } from "./variant-document.ts";

export type PlacedDraft = { id: string; path: string; start: number; end: number; text: string };

/** A draft as a late joiner gets it; anchors as in `DraftFact`. */
export type SentDraft = {
  turnId: string;
  editId: number;
  path: string;
  start: string | null;
  end: string | null;
  text: string;
};

/** What listeners hear: a fact with the id of its draft, or that all drafts were replaced. */
export type DraftEvent = (DraftFact & { id: string }) | { type: "reset" };

export type DraftBook = {
  apply(fact: DraftFact, turnId: string): void;
  reset(drafts: readonly SentDraft[]): void;
  /** Drafts of a turn that was stopped here: nobody sees them any more, whatever still comes of them. */
  hide(turnId: string, isHidden: boolean): void;
  open(): PlacedDraft[];
  /** Null when there is no such draft. */
  text(id: string): string | null;
  subscribe(listener: (event: DraftEvent) => void): () => void;
};

type Entry = Omit<SentDraft, "turnId" | "editId">;

export function createDraftBook(document: VariantDocument): DraftBook {
  const drafts = new Map<string, Entry>();
  const listeners = new Set<(event: DraftEvent) => void>();
  const hidden = new Set<string>();
  const tell = (event: DraftEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  function take(id: string, fact: DraftFact): boolean {
    const entry = drafts.get(id);
    if (fact.type === "draft-start") {
      drafts.set(id, { path: fact.path, start: fact.start, end: fact.end, text: "" });
      return true;
    }
    // Facts of a draft whose start this viewer never saw (it joined later and was given none) say nothing.
    if (!entry) return false;
    if (fact.type === "draft-delta") entry.text += fact.text;
    else if (fact.type === "draft-splice") {
      entry.text = entry.text.slice(fact.used);
      entry.start = fact.start;
      entry.end = fact.end;
    } else drafts.delete(id);
    return true;
  }

  return {
    apply(fact, turnId) {
      const id = draftId(turnId, fact.editId);
      if (take(id, fact) && !hidden.has(turnId)) tell({ ...fact, id });
    },
    reset(sent) {
      drafts.clear();
      for (const { turnId, editId, ...entry } of sent) drafts.set(draftId(turnId, editId), { ...entry });
      tell({ type: "reset" });
    },
    hide(turnId, isHidden) {
      if (isHidden) hidden.add(turnId);
      else hidden.delete(turnId);
      if ([...drafts.keys()].some((id) => turnOf(id) === turnId)) tell({ type: "reset" });
    },
    text: (id) => drafts.get(id)?.text ?? null,
    open: () =>
      [...drafts].filter(([id]) => !hidden.has(turnOf(id))).map(([id, entry]) => place(document, id, entry)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function draftId(turnId: string, editId: number): string {
  return `${turnId}:${editId}`;
}

function turnOf(id: string): string {
  return id.slice(0, id.lastIndexOf(":"));
}

function place(document: VariantDocument, id: string, { path, start, end, text }: Entry): PlacedDraft {
  const from = (start === null ? null : document.resolve(path, start)) ?? 0;
  const to = (end === null ? null : document.resolve(path, end)) ?? from;
  return { id, path, start: from, end: Math.max(from, to), text };
}
