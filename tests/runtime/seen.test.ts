/** When a frame counts as seen; the browser's own observer is stood in for, for it tells of several changes at once only on a busy machine. */
import { afterEach, expect, test, vi } from "vitest";
import { watchSeen } from "../../lib/runtime/seen.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("of several changes that come at once the last one holds, and a hidden tab is not seen", () => {
  const told: boolean[] = [];
  let notice: (entries: { isIntersecting: boolean }[]) => void = () => {};
  const document = Object.assign(new EventTarget(), { documentElement: {}, hidden: false });
  vi.stubGlobal("document", document);
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: typeof notice) {
        notice = callback;
      }
      observe() {}
    },
  );
  watchSeen((isSeen) => told.push(isSeen));
  notice([{ isIntersecting: false }, { isIntersecting: true }]);
  notice([{ isIntersecting: true }, { isIntersecting: false }]);
  notice([{ isIntersecting: true }]);
  document.hidden = true;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(told).toEqual([true, false, true, false]);
});
