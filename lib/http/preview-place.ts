/**
 * Where the preview of each pane is served: ports of its own beside the app's, or names of its own on the app's port. Sources
 * have no scheme: a policy then means the page's own, also where a proxy in front speaks https.
 */
import type { IncomingMessage } from "node:http";
import { limits } from "#lib/project/limits.ts";
import { twinOf } from "./hosts.ts";
import { previewHostname } from "./preview-names.ts";

export type PreviewPlace = { previewPorts: number[]; previewHost: string | null };

/** The exact names that are served under a preview host. */
export function previewHostnames(previewHost: string): string[] {
  return Array.from({ length: limits.variantsPerSet }, (_, pane) => `v${pane + 1}.${previewHost}`);
}

/** Host and port of a pane's preview, as the browser that sent this request reaches it. More panes than places share one. */
export function previewOf(
  { previewPorts, previewHost }: PreviewPlace,
  pane: number,
  request: IncomingMessage,
): string {
  if (previewHost === null)
    return `${previewHostname(request, pane)}:${previewPorts[pane % previewPorts.length] ?? 0}`;
  const names = previewHostnames(previewHost);
  return `${names[pane % names.length]}${portOf(request)}`;
}

/**
 * The same place under another name of this machine: another site in the browser, and so another process. "" where there is none: on
 * a network, behind a preview host, and in Firefox, whose names are of one site.
 */
export function spareOf(place: PreviewPlace, pane: number, request: IncomingMessage): string {
  const host = previewOf(place, pane, request);
  const [name = "", port = ""] = host.split(":");
  const twin = place.previewHost === null ? twinOf(name) : null;
  return twin ? `${twin}:${port}` : "";
}

/** The port that was asked for with its colon, or "" for the scheme's own. */
export function portOf(request: IncomingMessage): string {
  return /:\d{1,5}$/.exec(request.headers.host ?? "")?.[0] ?? "";
}
