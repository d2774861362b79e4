/**
 * Pages that are put away and come back, over real sockets. The events are a browser's; here they are sent by hand, to a window of
 * the test's own (tests/e2e/away.test.ts has a real browser).
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import { textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer();
let page: EventTarget;
let tab: EventTarget;
beforeEach(() => {
  page = new EventTarget();
  tab = new EventTarget();
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", tab);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const shown = (persisted: boolean) => page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
const hidden = () => page.dispatchEvent(new Event("pagehide"));
const here = (client: RoomClient) => client.getSnapshot().people.length;

/** One whose page lives in the window above, and one who stays. */
async function two() {
  const { projectId, owner, variantId } = await room.createProject();
  vi.unstubAllGlobals();
  const other = await room.enter({ projectId });
  await expect.poll(() => here(other)).toBe(2);
  return { owner, other, variantId };
}

test("[R7] a page that is put away leaves the room, and joins again with what it missed when it is shown", async () => {
  const { owner, other, variantId } = await two();
  hidden();
  await expect.poll(() => here(other)).toBe(1);
  type(other, variantId, 0, "// meanwhile\n");
  type(owner, variantId, 0, "// kept in the page\n");
  await expect.poll(() => other.getSnapshot().pendingUpdates).toBe(0);
  expect(textOf(owner, variantId)).not.toContain("// meanwhile");
  shown(false);
  expect(here(other)).toBe(1);
  shown(true);
  await expect.poll(() => here(other)).toBe(2);
  for (const client of [owner, other])
    for (const text of ["// meanwhile\n", "// kept in the page\n"])
      await expect.poll(() => textOf(client, variantId)).toContain(text);
});

test.each([
  ["a frozen tab that is used again", () => tab.dispatchEvent(new Event("resume"))],
  ["a network that is back", () => page.dispatchEvent(new Event("online"))],
] as const)(
  "[R7] %s joins anew at once, whatever its old connection believes of itself",
  async (_, comeBack) => {
    const { owner, other, variantId } = await two();
    const before = new Set(room.io.sockets.sockets.keys());
    type(owner, variantId, 0, "// under way\n");
    comeBack();
    await expect.poll(() => [...room.io.sockets.sockets.keys()].some((id) => !before.has(id))).toBe(true);
    await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
    await expect.poll(() => textOf(other, variantId)).toContain("// under way\n");
    expect(room.io.sockets.sockets.size).toBe(2);
  },
);

test("[R7] a page whose link has ended stays away", async () => {
  const { owner, other } = await two();
  const [first] = room.io.sockets.sockets.values();
  first?.emit("bye", { code: "gone" });
  await expect.poll(() => owner.getSnapshot().status).toBe("ended");
  hidden();
  shown(true);
  page.dispatchEvent(new Event("online"));
  await expect.poll(() => here(other)).toBe(1);
  expect(owner.getSnapshot().status).toBe("ended");
});
