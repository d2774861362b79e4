/** Somebody asks all variants of a project, and waits until they are written. Not in the server's process: whose page it is costs nothing there. */
import { nanoid } from "nanoid";
import { io } from "socket.io-client";
import { PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";

type Joined = { variants: { id: string }[] };

export async function askAll(url: string, projectId: string, text: string): Promise<void> {
  const socket = io(url, {
    path: SOCKET_PATH,
    auth: { protocol: PROTOCOL, projectId, guestId: nanoid() },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  try {
    const joined = (await socket.emitWithAck("join", { known: [] })) as Joined;
    const ids = joined.variants.map(({ id }) => id);
    const turnIds = Object.fromEntries(ids.map((id) => [id, nanoid()]));
    const running = new Set(Object.values(turnIds));
    const ended = new Promise<void>((resolve) =>
      socket.on("turn-end", ({ id }: { id: string }) => {
        if (running.delete(id) && running.size === 0) resolve();
      }),
    );
    const ack = await socket.emitWithAck("prompt", { promptId: nanoid(), turnIds, lane: "fast", text });
    if (!ack.ok) throw new Error(`the prompt was refused: ${JSON.stringify(ack)}`);
    await ended;
  } finally {
    socket.disconnect();
  }
}
