/** People who type through real pages' connections; gives the times from edit to acknowledgement. */
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import { connectRoom } from "../../lib/client/room-client.ts";
import type { ProjectId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";

const PAUSE_MS = 100;

export async function typing(
  url: string,
  projectId: string,
  people: number,
  seconds: number,
): Promise<number[]> {
  const times = await Promise.all(
    Array.from({ length: people }, () => typeAlone(url, projectId as ProjectId, seconds)),
  );
  return times.flat();
}

async function typeAlone(url: string, projectId: ProjectId, seconds: number): Promise<number[]> {
  const client = connectRoom({ url, credentials: { protocol: PROTOCOL, projectId, guestId: nanoid() } });
  while (client.getSnapshot().status !== "live") await sleep(5);
  const variantId = client.getSnapshot().variants[0]?.id;
  const document = variantId ? client.document(variantId) : null;
  const times: number[] = [];
  const ends = performance.now() + seconds * 1_000;
  while (document && performance.now() < ends) {
    const started = performance.now();
    document.splice("/src/App.tsx", 0, 0, "x", { kind: "person", clientId: "bench" });
    await new Promise<void>((resolve) => {
      const stop = client.subscribe(() => {
        if (client.getSnapshot().pendingUpdates > 0) return;
        stop();
        resolve();
      });
    });
    times.push(performance.now() - started);
    await sleep(PAUSE_MS);
  }
  client.close();
  return times;
}
