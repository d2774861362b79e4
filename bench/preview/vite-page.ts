/** Pages of Vite's dev server in frames; an edit is a file that our server writes. `?panes=3&ports=1,2,3` */
import { installHost } from "./host.ts";

const query = new URLSearchParams(location.search);
const ports = (query.get("ports") ?? "").split(",").slice(0, Number(query.get("panes") ?? 1));
const host = installHost({
  panes: ports.length,
  edit: (pane, number) => void fetch(`/edit?pane=${pane}&number=${number}`),
});
Object.assign(globalThis, { tried: host });
for (const [index, port] of ports.entries()) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "flex:1;height:760px;border:0";
  frame.src = `http://${"abc"[index]}.localhost:${port}/`;
  document.getElementById("root")?.append(frame);
}
