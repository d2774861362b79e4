/** Drafts as facts leave them: what a late joiner needs of a turn that runs in another process. */
import type { DraftFact } from "#lib/document/edit-session.ts";
import type { TurnId } from "#lib/project/ids.ts";
import type { DraftState } from "#lib/wire/events.ts";

export class DraftStates {
  private readonly open = new Map<number, DraftState>();

  constructor(drafts: readonly DraftState[] = []) {
    for (const draft of drafts) this.open.set(draft.editId, draft);
  }

  list(): DraftState[] {
    return [...this.open.values()];
  }

  apply(fact: DraftFact, turnId: TurnId): void {
    const draft = this.open.get(fact.editId);
    if (fact.type === "draft-start") {
      const { editId, path, start, end } = fact;
      this.open.set(editId, { turnId, editId, path, start, end, text: "" });
    } else if (fact.type === "draft-end") this.open.delete(fact.editId);
    else if (draft && fact.type === "draft-delta") draft.text += fact.text;
    else if (draft && fact.type === "draft-splice") {
      draft.text = draft.text.slice(fact.used);
      draft.start = fact.start;
      draft.end = fact.end;
    }
  }
}
