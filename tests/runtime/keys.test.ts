import { expect, test } from "vitest";
import { hintOf } from "../../lib/runtime/keys.ts";

const pressed = (key: string, more = {}) => ({
  ...{ key, code: "", metaKey: false, ctrlKey: false, altKey: false, shiftKey: false },
  ...more,
});

test.each([
  ["⌘K", pressed("k", { metaKey: true }), "k"],
  ["Ctrl+Enter", pressed("Enter", { ctrlKey: true }), "Enter"],
  ["⌘.", pressed(".", { metaKey: true }), "."],
  ["Esc", pressed("Escape"), "Escape"],
  ["⌥2 of a Mac, which types another character", pressed("™", { code: "Digit2", altKey: true }), "2"],
])("%s is told", (_, event, key) => expect(hintOf(event)?.key).toBe(key));

test.each([
  ["K", pressed("k")],
  ["⇧F", pressed("F", { shiftKey: true })],
  ["Enter", pressed("Enter")],
  ["⌥4", pressed("4", { code: "Digit4", altKey: true })],
  ["⌘S", pressed("s", { metaKey: true })],
])("%s stays in the page", (_, event) => expect(hintOf(event)).toBeNull());
