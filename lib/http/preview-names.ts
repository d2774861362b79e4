/**
 * Firefox gives a process to a site, and ports do not make one: on this machine it gets a name under localhost for each pane. It
 * answers such names itself; WebKit does not (and has one process for all), Chromium needs none.
 */
import type { IncomingMessage } from "node:http";
import { isLoopbackName } from "./config.ts";
import { hostnameOf, twinOf } from "./hosts.ts";

const NAME = /^v\d{1,2}\.localhost$/;
/** Panes have numbers below it. */
const SPARES_FROM = 50;

/** The host name by which the browser that sent this request reaches the preview of a pane. */
export function previewHostname(request: IncomingMessage, pane: number): string {
  const hostname = hostnameOf(request) ?? "";
  const isFirefox = / Firefox\//.test(request.headers["user-agent"] ?? "");
  return isFirefox && isLoopbackName(hostname) ? `v${pane + 1}.localhost` : hostname;
}

/** Another name by which the same browser reaches it; null when there is only one. */
export function spareHostname(request: IncomingMessage, pane: number): string | null {
  const hostname = previewHostname(request, pane);
  return NAME.test(hostname) ? `v${pane + 1 + SPARES_FROM}.localhost` : twinOf(hostname);
}

/** The app's host names that may frame a preview which was asked for by `hostname`; none when the name is not one of ours. */
export function framingHostnames(hostname: string | null, allowed: ReadonlySet<string>): string[] {
  if (hostname === null) return [];
  if (NAME.test(hostname)) return ["localhost", "127.0.0.1"];
  if (!allowed.has(hostname)) return [];
  // A spare frame runs under the other name of the same machine.
  const twin = twinOf(hostname);
  return twin ? [hostname, twin] : [hostname];
}
