/** Two people through real pages' connections, in this process: the times from an edit of one to the other's document. */
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";

const PAUSE_MS = 100;

export async function relaying(url: string, projectId: string, edits: number): Promise<number[]> {
  const [one, other] = await Promise.all([enter(url, projectId), enter(url, projectId)]);
  const variantId = one.getSnapshot().variants[0]?.id;
  if (!variantId) throw new Error("the project has no variant");
  // What models write is not an edit of a person.
  while (other.getSnapshot().turns.some(({ state }) => state === "running")) await sleep(20);
  const times: number[] = [];
  let sentAt: number | null = null;
  other.document(variantId)?.onUpdate(() => {
    if (sentAt !== null) times.push(performance.now() - sentAt);
    sentAt = null;
  });
  for (let edit = 0; edit < edits; edit++) {
    sentAt = performance.now();
    one.document(variantId)?.splice("/src/App.tsx", 0, 0, "x", { kind: "person", clientId: "bench" });
    await sleep(PAUSE_MS);
  }
  one.close();
  other.close();
  return times;
}

async function enter(url: string, projectId: string): Promise<RoomClient> {
  const credentials = { protocol: PROTOCOL, projectId: projectId as ProjectId, guestId: nanoid() };
  const client = connectRoom({ url, credentials });
  while (client.getSnapshot().status !== "live") await sleep(5);
  return client;
}
