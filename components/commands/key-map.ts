/** Which key each command has: its own, unless this browser's person chose another one. */
import { useSyncExternalStore } from "react";
import { type Chord, isSingle } from "./chord.ts";
import { commands } from "./table.ts";

/** Null: none. Ids that are not there have their own key. */
export type ChosenKeys = { singlesOff: boolean; keys: Record<string, Chord | null> };

export type KeyMap = {
  singlesOff: boolean;
  /** The key that acts for a command now; null: none. */
  of(id: string): Chord | null;
  /** It is not the one the command comes with. */
  isChosen(id: string): boolean;
};

const PLACE = "triptych:keys";
const NONE: ChosenKeys = { singlesOff: false, keys: {} };
/** What the browser, the page or a text field needs: these are nobody else's. */
const RESERVED = new Set(["tab", "shift+tab", "enter", "mod+r", "mod+t", "mod+w", "mod+n", "mod+l", "mod+f"]);

const own = new Map(commands.map(({ id, key }) => [id, key]));
const listeners = new Set<() => void>();
let chosen: ChosenKeys | null = null;
let map: KeyMap | null = null;

export function keysNow(): KeyMap {
  map ??= keyMapOf(chosenNow());
  return map;
}

export function useKeyMap(): KeyMap {
  return useSyncExternalStore(subscribe, keysNow, () => keyMapOf(NONE));
}

export function keyMapOf({ singlesOff, keys }: ChosenKeys): KeyMap {
  const of = (id: string) => (Object.hasOwn(keys, id) ? (keys[id] ?? null) : (own.get(id) ?? null));
  return { singlesOff, of, isChosen: (id) => of(id) !== (own.get(id) ?? null) };
}

/** Why a command cannot have this key, as a sentence; null: it can. */
export function conflictOf(id: string, chord: Chord, keys: KeyMap = keysNow()): string | null {
  if (RESERVED.has(chord)) return "The browser or the page itself needs this key. Choose another one.";
  if (chord === "escape") return "Esc closes and stops, and nothing else. Choose another key.";
  const other = commands.find(
    (each) => each.id !== id && (keys.of(each.id) === chord || each.alias === chord),
  );
  return other
    ? `That key belongs to “${other.title}”. Take it away there first, or choose another one.`
    : null;
}

/** Undefined: the command's own key again. */
export function chooseKey(id: string, chord: Chord | null | undefined): void {
  const { [id]: _before, ...others } = chosenNow().keys;
  write({ ...chosenNow(), keys: chord === undefined ? others : { ...others, [id]: chord } });
}

export function switchSingles(singlesOff: boolean): void {
  write({ ...chosenNow(), singlesOff });
}

/** A key as it acts: null while single keys are off and it is one. */
export function actingKey(keys: KeyMap, id: string): Chord | null {
  const chord = keys.of(id);
  return chord !== null && keys.singlesOff && isSingle(chord) ? null : chord;
}

/** As this page knows it: in private mode nothing is kept. */
function chosenNow(): ChosenKeys {
  chosen ??= read();
  return chosen;
}

function read(): ChosenKeys {
  try {
    return parse(JSON.parse(localStorage.getItem(PLACE) ?? "null"));
  } catch {
    // Private mode, or what stands there is no JSON: the commands' own keys.
    return NONE;
  }
}

function parse(value: unknown): ChosenKeys {
  const { singlesOff, keys } = (value ?? {}) as { singlesOff?: unknown; keys?: unknown };
  const entries = Object.entries(keys && typeof keys === "object" ? keys : {}).filter(
    ([id, chord]) => own.has(id) && (chord === null || (typeof chord === "string" && chord !== "")),
  );
  return { singlesOff: singlesOff === true, keys: Object.fromEntries(entries) };
}

function write(changed: ChosenKeys): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(changed));
  } catch {
    // Private mode: the choice holds for this page.
  }
  chosen = changed;
  map = keyMapOf(changed);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== PLACE) return;
    chosen = null;
    map = null;
    listener();
  };
  listeners.add(listener);
  addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", onStorage);
  };
}
