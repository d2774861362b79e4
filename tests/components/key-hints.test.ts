/** Keys that a page forwards, or invents: whatever they are, nothing is sent, forked, kept, shared or stopped. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { resetView, togglePick, viewState } from "../../components/studio/view-state.ts";
import { actOnHint } from "../../components/variant/key-hints.ts";

const hint = (key: string, more = {}) => ({
  ...{ type: "triptych:key" as const, key, meta: false, ctrl: false, alt: false, shift: false },
  ...more,
});

beforeEach(() => {
  resetView();
  vi.stubGlobal("document", { getElementById: () => null, querySelectorAll: () => [1, 2, 3] });
});
afterEach(() => void vi.unstubAllGlobals());

test("the palette, the chrome, one variant, and one step back", () => {
  actOnHint(hint("k", { meta: true }));
  expect(viewState.get().dialog).toBe("palette");
  actOnHint(hint("2", { alt: true }));
  expect(viewState.get()).toMatchObject({ view: "focus", focused: 1 });
  actOnHint(hint(".", { ctrl: true }));
  expect(viewState.get().showsChrome).toBe(false);
  togglePick(true);
  actOnHint(hint("Escape"));
  expect(viewState.get()).toMatchObject({ isPicking: false, showsChrome: false });
  actOnHint(hint("Escape"));
  actOnHint(hint("Escape"));
  expect(viewState.get()).toMatchObject({ showsChrome: true, view: "three" });
});

test.each(["k", "K", "F", "v", "s", "Enter", "Delete", "9", "[object Object]"])(
  "%s without a modifier does nothing, and neither does it with Shift",
  (key) => {
    const before = viewState.get();
    actOnHint(hint(key));
    actOnHint(hint(key, { shift: true }));
    expect(viewState.get()).toEqual(before);
  },
);
