/** The host page's side of a relay: what it is told, what it tells, and where the lane's port comes from. */
import type { PreviewLane } from "./lane.ts";
import type { ToRelay } from "./protocol.ts";

export type PreviewState = "starting" | "running" | "hung" | "stopped" | "paused";

/** Life of the frame, told by the relay: only its own window on our own origin is heard. Whoever is there first asks again. */
export function listenToRelay(
  iframe: () => HTMLIFrameElement | null,
  lane: PreviewLane,
  onState: (state: PreviewState) => void,
): () => void {
  const hear = (event: MessageEvent) => {
    if (event.origin !== location.origin || event.source === null || event.source !== iframe()?.contentWindow)
      return;
    const { type, why } = (event.data ?? {}) as { type?: unknown; why?: unknown };
    const [port] = event.ports;
    if (type === "triptych:lane" && port) lane.connect(port);
    else if (type === "triptych:relay") tellRelay(iframe(), { type: "triptych:host" });
    else if (type === "triptych:stopped") onState(why === "paused" ? "paused" : "stopped");
    else if (type === "triptych:born") onState(why === "first" || why === "asked" ? "starting" : "hung");
  };
  addEventListener("message", hear);
  tellRelay(iframe(), { type: "triptych:host" });
  return () => removeEventListener("message", hear);
}

export function tellRelay(iframe: HTMLIFrameElement | null, message: ToRelay): void {
  iframe?.contentWindow?.postMessage(message, location.origin);
}
