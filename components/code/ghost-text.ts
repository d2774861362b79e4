/** What the model is writing and the document does not hold yet, shown behind its caret. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import type { DraftBook } from "#lib/document/draft-book.ts";

type Ghost = { at: number; text: string } | null;

const setGhost = StateEffect.define<Ghost>();

const ghosts = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setGhost)) continue;
      if (!effect.value) return Decoration.none;
      const at = Math.min(effect.value.at, transaction.newDoc.length);
      return Decoration.set([
        Decoration.widget({ widget: new GhostWidget(effect.value.text), side: 1 }).range(at),
      ]);
    }
    return shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

class GhostWidget extends WidgetType {
  private readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override eq(other: GhostWidget): boolean {
    return other.text === this.text;
  }

  toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-ghost";
    element.setAttribute("aria-hidden", "true");
    element.textContent = this.text;
    return element;
  }
}

/** Follows the drafts of one file, at most once per animation frame. */
export function ghostText(drafts: DraftBook, path: string): Extension {
  const follow = ViewPlugin.define((view) => {
    let frame = 0;
    const show = () => {
      frame = 0;
      const draft = drafts.open().find((each) => each.path === path);
      view.dispatch({ effects: setGhost.of(draft ? { at: draft.start, text: draft.text } : null) });
    };
    const request = () => {
      frame ||= requestAnimationFrame(show);
    };
    const stop = drafts.subscribe(request);
    request();
    return {
      destroy() {
        stop();
        cancelAnimationFrame(frame);
      },
    };
  });
  return [ghosts, follow];
}
