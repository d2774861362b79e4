/**
 * The frame's side of the handshake: hello to whoever embeds it, then two ports: control (through the relay: Sandpack's
 * protocol, pings), and over it the lane (straight from the host page: documents and drafts), anew for each host page.
 */

import type { Batch, FromFrame, ToFrame } from "../preview/protocol.ts";
import { NETWORK_PARAMETER } from "../project/network.ts";

export type ControlMessage = { type: string; [field: string]: unknown };

export type Ports = {
  toHost(message: FromFrame): void;
  toRelay(message: ControlMessage): void;
};

export function connect(
  onLane: (message: ToFrame) => void,
  onControl: (message: ControlMessage) => void,
  /** For a document that brings its page with it: where it is, and what to do once the relay has taken it for its own. */
  { page = "", onTaken = () => {} }: { page?: string; onTaken?: () => void } = {},
): Ports {
  const nonce = [...crypto.getRandomValues(new Uint32Array(2))].join("-");
  let control: MessagePort | null = null;
  let lane: MessagePort | null = null;
  const held: (() => void)[] = [];
  const whenReady = (send: () => void) => (lane ? send() : held.push(send));

  function onPorts(event: MessageEvent): void {
    if (event.source !== window.parent || event.data?.triptych !== "port" || event.data.nonce !== nonce)
      return;
    removeEventListener("message", onPorts);
    // Page code listens on the same window: it must not see the ports.
    event.stopImmediatePropagation();
    control = event.ports[0] ?? null;
    if (control) control.onmessage = ({ data, ports }) => answerControl(data, ports[0]);
    onTaken();
  }

  function answerControl(message: ControlMessage, port: MessagePort | undefined): void {
    if (message.type === "triptych:ping") control?.postMessage({ type: "triptych:pong" });
    else if (message.type === "triptych:lane" && port) takeLane(port);
    else onControl(message);
  }

  function takeLane(port: MessagePort): void {
    lane?.close();
    lane = port;
    lane.onmessage = ({ data }: MessageEvent<Batch>) => data.forEach(onLane);
    for (const send of held.splice(0)) send();
  }

  addEventListener("message", onPorts);
  // No code of a page has run yet: the relay can trust what this document says of its address.
  const network = new URLSearchParams(location.search).get(NETWORK_PARAMETER) ?? "";
  window.parent.postMessage({ triptych: "hello", nonce, network, page }, "*");
  return {
    toHost: (message) => whenReady(() => lane?.postMessage(message)),
    toRelay: (message) => whenReady(() => control?.postMessage(message)),
  };
}
