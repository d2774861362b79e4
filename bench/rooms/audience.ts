/**
 * Many viewers in a process of their own that do as little as a viewer can: the sockets take what comes, count it, and answer pings.
 * On a machine of two cores whole pages would be measured in place of the server. `audience.ts <url> <count> <project …>`: so many in
 * each project; says "in", and on SIGTERM what they got.
 */
import WebSocket from "ws";
import { PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";

export type Audience = { bytes: number; disconnects: number; resyncs: number };

/** A room has a limit of people, who may have many tabs. */
const PEOPLE = 50;
const [, , url = "", count = "0", ...projects] = process.argv;
const got: Audience = { bytes: 0, disconnects: 0, resyncs: 0 };

for (const project of projects)
  for (let each = 0; each < Number(count); each++) await enter(project, `guest-${each % PEOPLE}-bench`);
got.bytes = 0;
console.log("in");
process.once("SIGTERM", () => {
  console.log(JSON.stringify(got));
  process.exit(0);
});

/** Engine.IO and Socket.IO by hand: "0" opens, "40" connects, "42" is an event, "2" a ping; a frame's bytes are a message of their own. */
function enter(projectId: string, guestId: string): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}${SOCKET_PATH}?EIO=4&transport=websocket`);
  return new Promise((resolve, reject) => {
    socket.on("close", () => {
      got.disconnects++;
      reject(new Error("closed before it was in"));
    });
    socket.on("error", reject);
    socket.on("message", (data: Buffer, isBinary) => {
      got.bytes += data.byteLength;
      if (isBinary) return;
      const [kind, type] = [data[0], data[1]].map((byte) => String.fromCharCode(byte ?? 0));
      if (kind === "0") socket.send(`40${JSON.stringify({ protocol: PROTOCOL, projectId, guestId })}`);
      else if (kind === "2") socket.send("3");
      else if (type === "4") reject(new Error(`refused: ${data}`));
      else if (type === "0") socket.send('421["join",{"known":[]}]');
      // The answer to the join has bytes in it, or (a project without documents) has none.
      else if (type === "3" || type === "6") resolve();
      else if (data.includes('["resync"')) {
        got.resyncs++;
        socket.send('421["join",{"known":[]}]');
      }
    });
  });
}
