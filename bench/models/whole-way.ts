/** The whole way, through a room: from a person's command to the provider, and from the provider to another person's page. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import { createLanes } from "../../lib/model/lanes.ts";
import type { Lanes } from "../../lib/model/types.ts";
import type { PromptId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { openRooms } from "../../lib/room/rooms.ts";
import { openStorage } from "../../lib/storage/open.ts";
import { type Credentials, PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { now } from "../../tests/fixtures/providers/script.ts";
import type { Row } from "../figures.ts";
import { type Provider, plainUrl, spread, until } from "./asking.ts";

/** A room with one variant; both pages share this process with it: what they cost each other is in the figures. */
type Meeting = { writer: RoomClient; viewer: RoomClient; variantId: VariantId };

async function meet(lanes: Lanes, measure: (meeting: Meeting) => Promise<Row[]>): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "triptych-bench-models-"));
  const storage = await openStorage({ databaseUrl: null, folder });
  const packages = { add: async () => ({ ok: false, code: "packages-off" }) as const };
  const rooms = openRooms({ storage, lanes, packages, accepts });
  const server = createServer();
  const io = new SocketServer(server, { path: SOCKET_PATH, serveClient: false });
  rooms.attach(io);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { projectId } = await rooms.createProject({ text: "A page", count: 1, ownerId: "owner-0001" });
  const enter = () =>
    connectRoom({ url, credentials: { protocol: PROTOCOL, guestId: nanoid(24), projectId } as Credentials });
  const [writer, viewer] = [enter(), enter()];
  try {
    await until(() => [writer, viewer].every((client) => isIdle(client)));
    return await measure({ writer, viewer, variantId: viewer.getSnapshot().variants[0]?.id as VariantId });
  } finally {
    writer.close();
    viewer.close();
    await rooms.close();
    await io.close();
    await storage.close();
    await lanes.fast.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function lanesOf(provider: Provider, wire: string, model: string): Lanes {
  return createLanes({ fast: { baseUrl: plainUrl(provider), apiKey: null, model, wire }, deep: null });
}

/** From the provider's first write of text to the first character of a draft in the memory of a second person's page. */
export function toDraft(provider: Provider): Promise<Row[]> {
  return meet(lanesOf(provider, "chat", "page=1"), async (meeting) => {
    const added: number[] = [];
    await provider.seen();
    for (let run = 0; run < 30; run++) {
      const { draftAt } = await draftOnce(meeting, "again");
      const [seen] = await provider.seen();
      added.push(draftAt - (seen?.firstTextAt ?? Number.NaN));
    }
    return spread("provider's first text → draft in a second page's memory", added);
  });
}

/** From the command to the designer's first character: of its words, and of a draft. */
export function designerFirst(): Promise<Row[]> {
  return meet(createLanes({ fast: null, deep: null }), async (meeting) => {
    const drafts: number[] = [];
    const words: number[] = [];
    for (let run = 0; run < 30; run++) {
      const { askedAt, draftAt, wordsAt } = await draftOnce(
        meeting,
        run % 2 ? "make it darker" : "make it lighter",
      );
      drafts.push(draftAt - askedAt);
      words.push(wordsAt - askedAt);
    }
    return [
      ...spread("send → the designer's first words in a second page", words),
      ...spread("send → the designer's first character of a draft in a second page", drafts),
    ];
  });
}

type Times = { askedAt: number; wordsAt: number; draftAt: number };

async function draftOnce({ writer, viewer, variantId }: Meeting, text: string): Promise<Times> {
  const times: Times = { askedAt: now(), wordsAt: 0, draftAt: 0 };
  const ends = [
    viewer.drafts(variantId)?.subscribe(() => {
      times.draftAt ||= now();
    }),
    viewer.subscribe(() => {
      const isSaid = Object.values(viewer.getSnapshot().progress).some(({ answer }) => answer !== "");
      if (isSaid) times.wordsAt ||= now();
    }),
  ];
  await send(writer, variantId, text);
  await until(() => times.draftAt > 0 && isIdle(viewer));
  for (const end of ends) end?.();
  // Words of a turn that ended before they were told on their own came with its end.
  times.wordsAt ||= times.draftAt;
  return times;
}

async function send(writer: RoomClient, variantId: VariantId, text: string): Promise<TurnId> {
  const turnId = nanoid(24) as TurnId;
  const turnIds = { [variantId]: turnId } as Record<VariantId, TurnId>;
  await writer.command("prompt", { promptId: nanoid(24) as PromptId, turnIds, lane: "fast", text });
  return turnId;
}

/** From a person's command to the provider seeing its connection closed, while it writes 1,000 tok/s. */
export async function stopsWholeWay(
  provider: Provider,
  wires: readonly string[] = ["chat", "responses-ws", "anthropic"],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const wire of wires) {
    rows.push(
      ...(await meet(
        lanesOf(provider, wire, "page=1,tokens=3000,rate=1000"),
        async ({ writer, viewer, variantId }) => {
          const times: number[] = [];
          for (let run = 0; run < 20; run++) {
            let hasBegun = false;
            const end = viewer.drafts(variantId)?.subscribe(() => {
              hasBegun = true;
            });
            await provider.seen();
            const turnId = await send(writer, variantId, "again");
            await until(() => hasBegun);
            end?.();
            const stoppedAt = now();
            await writer.command("stop", { turnId });
            await until(() => isIdle(viewer));
            const [seen] = await provider.closed();
            times.push((seen?.abortedAt ?? Number.NaN) - stoppedAt);
          }
          return spread(`stop, a person's command → upstream closed, ${wire}`, times);
        },
      )),
    );
  }
  return rows;
}

function isIdle(client: RoomClient): boolean {
  const { status, turns } = client.getSnapshot();
  return status === "live" && turns.length > 0 && turns.every(({ state }) => state !== "running");
}
