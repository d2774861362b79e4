/** Two people, one behind a proxy that goes away while both write: how long after it is back both have the same text, and all of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";
import type { FaultProxy } from "../../tests/fixtures/fault-proxy.ts";

const APP = "/src/App.tsx";
const person = { kind: "person", clientId: "bench" } as const;

/** Gives the time of each cut, from the moment the network is back. */
export async function healing(
  url: string,
  proxy: FaultProxy,
  projectId: string,
  cutSeconds: number[],
): Promise<number[]> {
  const one = await enter(url, projectId);
  const other = await enter(`http://127.0.0.1:${proxy.port}`, projectId);
  const times: number[] = [];
  for (const seconds of cutSeconds) times.push(await cutFor(seconds, proxy, one, other));
  one.close();
  other.close();
  return times;
}

async function cutFor(seconds: number, proxy: FaultProxy, one: RoomClient, other: RoomClient) {
  const id = one.getSnapshot().variants[0]?.id;
  const [here, there] = [id && one.document(id), id && other.document(id)];
  if (!here || !there) throw new Error("the project has no variant");
  proxy.refuse(true);
  proxy.cut();
  const ends = performance.now() + seconds * 1_000;
  while (performance.now() < ends) {
    here.splice(APP, 0, 0, "// here\n", person);
    there.splice(APP, 0, 0, "// there\n", person);
    await sleep(200);
  }
  proxy.refuse(false);
  const backAt = performance.now();
  const isWhole = () =>
    here.read(APP) === there.read(APP) &&
    [one, other].every(
      (each) => each.getSnapshot().status === "live" && each.getSnapshot().pendingUpdates === 0,
    );
  while (!isWhole()) await sleep(5);
  return performance.now() - backAt;
}

async function enter(url: string, projectId: string): Promise<RoomClient> {
  const credentials = { protocol: PROTOCOL, projectId: projectId as ProjectId, guestId: nanoid() };
  const client = connectRoom({ url, credentials });
  while (client.getSnapshot().status !== "live") await sleep(5);
  return client;
}
