/**
 * The people of scripts/soak.ts, in a process of their own: what their pages hold is not the server's heap. One prompts without end;
 * five come, type for some seconds, and go. `people.ts <url> <project> <minutes> <ms a turn>`
 */
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId, PromptId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";

const [, , url = "", project = "", minutes = "0", turnMs = "0"] = process.argv;
const VISITORS = 5;
const ends = performance.now() + Number(minutes) * 60_000;

const owner = await enter();
await Promise.all([prompting(), ...Array.from({ length: VISITORS }, visiting)]);
owner.close();
process.exit(0);

async function enter(): Promise<RoomClient> {
  const credentials = { protocol: PROTOCOL, projectId: project as ProjectId, guestId: nanoid() };
  const client = connectRoom({ url, credentials });
  while (client.getSnapshot().status !== "live") await sleep(10);
  return client;
}

async function prompting(): Promise<void> {
  while (performance.now() < ends) {
    while (owner.getSnapshot().turns.some((turn) => turn.state === "running")) await sleep(50);
    const ids = owner.getSnapshot().variants.map(({ id }) => id);
    const turnIds = Object.fromEntries(ids.map((id) => [id, nanoid()])) as Record<VariantId, TurnId>;
    await owner.command("prompt", { promptId: nanoid() as PromptId, turnIds, lane: "fast", text: "on" });
    await sleep(Number(turnMs));
  }
}

async function visiting(): Promise<void> {
  while (performance.now() < ends) {
    const client = await enter();
    const id = client.getSnapshot().variants[0]?.id as VariantId;
    for (let edit = 0; edit < 50; edit++) {
      client.document(id)?.create("/notes.md", `${nanoid()}\n`, { kind: "person", clientId: "soak" });
      await sleep(100);
    }
    client.close();
  }
}
