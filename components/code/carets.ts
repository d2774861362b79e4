/**
 * Carets and selections of the others in this file, and our own told to them. Places are Yjs positions: they move with the text
 * on every screen, and an old one is at worst a little behind.
 */
import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import type { RoomClient, RoomSnapshot } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { VariantId } from "#lib/project/ids.ts";

type CaretsOptions = { client: RoomClient; variantId: VariantId; document: VariantDocument; path: string };
type Caret = { from: number; to: number; head: number; name: string; colour: string };

/** The server takes 20 a second. */
const TELL_MS = 60;

const setCarets = StateEffect.define<Caret[]>();

const shownCarets = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(setCarets)) return decorate(effect.value, transaction.newDoc.length);
    return shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function carets(options: CaretsOptions): Extension {
  return [shownCarets, followOthers(options), tellOwn(options)];
}

function followOthers(options: CaretsOptions): Extension {
  const { client } = options;
  return ViewPlugin.define((view) => {
    let frame = 0;
    let last: RoomSnapshot["presence"] | null = null;
    const show = () => {
      frame = 0;
      view.dispatch({ effects: setCarets.of(caretsNow(options)) });
    };
    const stop = client.subscribe(() => {
      const { presence } = client.getSnapshot();
      if (presence === last) return;
      last = presence;
      frame ||= requestAnimationFrame(show);
    });
    frame = requestAnimationFrame(show);
    return {
      destroy() {
        stop();
        cancelAnimationFrame(frame);
      },
    };
  });
}

function caretsNow({ client, variantId, document, path }: CaretsOptions): Caret[] {
  const { presence, people } = client.getSnapshot();
  return presence.flatMap((place) => {
    if (place.variantId !== variantId || place.path !== path) return [];
    const person = people.find(({ id }) => id === place.personId);
    const anchor = place.anchor === null ? null : document.resolve(path, place.anchor);
    const head = place.head === null ? null : document.resolve(path, place.head);
    if (!person || anchor === null || head === null) return [];
    const { name, colour } = person;
    return { from: Math.min(anchor, head), to: Math.max(anchor, head), head, name, colour };
  });
}

function decorate(all: Caret[], length: number): DecorationSet {
  const marks = all.flatMap(({ from, to, head, name, colour }) => {
    const style = `--who: ${colour}`;
    const selection = Decoration.mark({ class: "cm-theirs", attributes: { style } });
    // Whoever types is behind what was typed at once, not when the next place is told.
    const caret = Decoration.widget({ widget: new CaretWidget(name, colour), side: 1 });
    const at = Math.min(head, length);
    const range = { from: Math.min(from, length), to: Math.min(to, length), value: selection };
    return [...(range.from < range.to ? [range] : []), { from: at, to: at, value: caret }];
  });
  const builder = new RangeSetBuilder<Decoration>();
  const inOrder = marks.sort(
    (one, other) => one.from - other.from || one.value.startSide - other.value.startSide,
  );
  for (const { from, to, value } of inOrder) builder.add(from, to, value);
  return builder.finish();
}

class CaretWidget extends WidgetType {
  private readonly name: string;
  private readonly colour: string;

  constructor(name: string, colour: string) {
    super();
    this.name = name;
    this.colour = colour;
  }

  override eq(other: CaretWidget): boolean {
    return other.name === this.name && other.colour === this.colour;
  }

  toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-caret";
    element.style.setProperty("--who", this.colour);
    // Moving carets of others are not read out.
    element.setAttribute("aria-hidden", "true");
    element.append(Object.assign(document.createElement("span"), { textContent: this.name }));
    return element;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function tellOwn({ client, variantId, document, path }: CaretsOptions): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const { anchor, head } = view.state.selection.main;
      const at = (offset: number) => document.anchor(path, offset, "start");
      client.place({ variantId, path, anchor: at(anchor), head: at(head) });
    };
    const tellSoon = () => {
      timer ??= setTimeout(tell, TELL_MS);
    };
    tellSoon();
    return {
      update(update) {
        if (update.selectionSet || update.docChanged) tellSoon();
      },
      destroy() {
        clearTimeout(timer);
        client.place({ variantId: null, path: null, anchor: null, head: null });
      },
    };
  });
}
