/**
 * Key combinations as text: "mod+k", "shift+f", "alt+1", "escape", "?". One notation in the table of commands, in what a person
 * has changed, and in tests. (tinykeys was tried: it never matches "/" or "[" on keyboards that need Shift or AltGr for them.)
 */
export type Chord = string;

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey"> & {
  getModifierState?(name: string): boolean;
};

const NAMED: Record<string, string> = { " ": "space", Esc: "escape" };
const SHOWN: Record<string, string> = {
  escape: "Esc",
  enter: "⏎",
  space: "Space",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};
const MODIFIER_KEYS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process"]);

/** Whether the press is this combination. `mac`: ⌘ is the modifier there, Ctrl elsewhere. */
export function matches(chord: Chord, press: KeyPress, mac: boolean): boolean {
  return chordOf(press, mac) === chord;
}

/** The combination that was pressed; null for a modifier alone. */
export function chordOf(press: KeyPress, mac: boolean): Chord | null {
  if (MODIFIER_KEYS.has(press.key)) return null;
  // AltGr is how some keyboards make "[" or "@": it is no modifier then, though it looks like Ctrl and Alt.
  const isMade = press.getModifierState?.("AltGraph") === true;
  const mod = !isMade && (mac ? press.metaKey : press.ctrlKey);
  const other = !isMade && (mac ? press.ctrlKey : press.metaKey);
  const alt = !isMade && press.altKey;
  const name = nameOf(press, alt);
  // A sign or digit is what it is, with Shift or without: "?" and "/" lie elsewhere on each keyboard.
  const shift = press.shiftKey && /^(?:\p{L}|.{2,})$/u.test(name);
  const parts = [mod && "mod", other && "other", alt && "alt", shift && "shift", name];
  return parts.filter((part) => part !== false).join("+");
}

/** Letters by what they are, and by their place where the keyboard has no Latin ones; with Alt, digits by their place: ⌥1 types "¡". */
function nameOf({ key, code }: KeyPress, alt: boolean): string {
  const placed = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase();
  if (placed && (alt || (key.length === 1 && !isAscii(key)))) return placed;
  return NAMED[key] ?? key.toLowerCase();
}

/** One character, pressed alone or with Shift: can be switched off, and never acts while something is typed (WCAG 2.1.4). */
export function isSingle(chord: Chord): boolean {
  const name = chord.replace(/^shift\+/, "");
  return name.length === 1 || name === "space";
}

/** As people read it: "⌘⇧S" on a Mac, "Ctrl Shift S" elsewhere. */
export function shown(chord: Chord, mac: boolean): string {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  const name = parts.pop() as string;
  const words: Record<string, string> = mac
    ? { mod: "⌘", other: "⌃", alt: "⌥", shift: "⇧" }
    : { mod: "Ctrl", other: "Meta", alt: "Alt", shift: "Shift" };
  const key = SHOWN[name] ?? (name.length === 1 || /^f\d+$/.test(name) ? name.toUpperCase() : capital(name));
  return [...parts.map((part) => words[part] ?? part), key].join(mac ? "" : " ");
}

/** ⌘ or Ctrl? */
export function isMac(): boolean {
  return typeof navigator === "object" && /Mac|iPhone|iPad/.test(navigator.platform);
}

function isAscii(key: string): boolean {
  return key.charCodeAt(0) < 128;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
