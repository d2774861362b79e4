/** The documents and open drafts as the host sent them. Patches are spliced at once and in order; compiling reads the newest. */
import type { FileState, OpenDraft, ToFrame } from "../preview/protocol.ts";

export type PaintSource = {
  /** The document with its drafts taken. */
  text: string;
  /** The draft at whose caret the text may be unfinished, and what it takes the place of. */
  open: { before: string; old: string; partial: string; after: string } | null;
};

/** An old end this short is only what closes the file (or an empty sheet): the new text may stand in its place at once. */
const SMALL_TAIL_CHARS = 400;

export class Files {
  private documents = new Map<string, FileState>();
  private drafts = new Map<string, OpenDraft>();

  read(path: string): string | null {
    return this.documents.get(path)?.text ?? null;
  }

  paths(): string[] {
    return [...this.documents.keys()];
  }

  replaceAll(files: Record<string, FileState>, drafts: OpenDraft[]): void {
    this.documents = new Map(Object.entries(files).map(([path, state]) => [path, { ...state }]));
    this.drafts = new Map(drafts.map((draft) => [draft.id, { ...draft }]));
  }

  hasDrafts(): boolean {
    return this.drafts.size > 0;
  }

  /** Applies a lane message; returns the path that changed, or that the host must send the file again. */
  take(message: ToFrame): { changed: string } | { resync: string } | null {
    switch (message.type) {
      case "triptych:patch":
        return this.patch(message);
      case "triptych:file":
        if (message.text === null) this.documents.delete(message.path);
        else this.documents.set(message.path, { text: message.text, rev: message.rev });
        return { changed: message.path };
      case "triptych:draft":
        this.draft(message);
        return { changed: message.path };
      case "triptych:draft-splice":
        this.spliceDraft(message);
        return { changed: message.path };
      case "triptych:draft-end":
        this.drafts.delete(message.id);
        return { changed: message.path };
      default:
        return null;
    }
  }

  /** What a path shows now. A draft over a large old end is not taken: it would
   * shorten the page, and its lines enter as splices while they are written. */
  toPaint(path: string): PaintSource | null {
    const text = this.read(path);
    const draft = [...this.drafts.values()].find((each) => each.path === path && each.text !== "");
    if (!draft) return text === null ? null : { text, open: null };
    const whole = text ?? "";
    const before = whole.slice(0, draft.start);
    const after = whole.slice(draft.end);
    if (after.trim() === "" && draft.end - draft.start > SMALL_TAIL_CHARS) return { text: whole, open: null };
    const old = whole.slice(draft.start, draft.end);
    return { text: before + draft.text + after, open: { before, old, partial: draft.text, after } };
  }

  private patch({
    path,
    rev,
    start,
    end,
    text,
  }: Extract<ToFrame, { type: "triptych:patch" }>): { changed: string } | { resync: string } {
    const document = this.documents.get(path);
    if (!document || document.rev + 1 !== rev) return { resync: path };
    document.text = document.text.slice(0, start) + text + document.text.slice(end);
    document.rev = rev;
    this.shiftDrafts(path, end, text.length - (end - start));
    return { changed: path };
  }

  /** Text that changed before a draft moves it; its own splices say where it stands now. */
  private shiftDrafts(path: string, end: number, by: number): void {
    for (const draft of this.drafts.values()) {
      if (draft.path !== path || end > draft.start) continue;
      draft.start += by;
      draft.end += by;
    }
  }

  private draft({ id, path, start, end, text, append }: Extract<ToFrame, { type: "triptych:draft" }>): void {
    const known = this.drafts.get(id);
    if (append && known) Object.assign(known, { start, end, text: known.text + text });
    else this.drafts.set(id, { id, path, start, end, text });
  }

  private spliceDraft({ id, used, start, end }: Extract<ToFrame, { type: "triptych:draft-splice" }>): void {
    const known = this.drafts.get(id);
    if (known) Object.assign(known, { start, end, text: known.text.slice(used) });
  }
}
