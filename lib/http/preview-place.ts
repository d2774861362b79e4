/**
 * Where the preview of each pane is served: ports of its own beside the app's, or names of its own on the app's port. Sources
 * have no scheme: a policy then means the page's own, also where a proxy in front speaks https.
 */
import type { IncomingMessage } from "node:http";
import { limits } from "#lib/project/limits.ts";
import { previewHostname, spareHostname } from "./preview-names.ts";

export type PreviewPlace = {
  previewPorts: number[];
  previewHost: string | null;
  /** One per preview port, chosen by the system: known once the preview servers listen. */
  sparePorts: number[];
};

/** The exact names that are served under a preview host: one for each pane, and as many spares. */
export function previewHostnames(previewHost: string): string[] {
  const panes = Array.from({ length: limits.variantsPerSet }, (_, pane) => pane + 1);
  return [
    ...panes.map((pane) => `v${pane}.${previewHost}`),
    ...panes.map((pane) => `s${pane}.${previewHost}`),
  ];
}

/** Host and port of a pane's preview, as the browser that sent this request reaches it. More panes than places share one. */
export function previewOf(
  { previewPorts, previewHost }: PreviewPlace,
  pane: number,
  request: IncomingMessage,
): string {
  if (previewHost === null)
    return `${previewHostname(request, pane)}:${previewPorts[pane % previewPorts.length] ?? 0}`;
  return `v${(pane % limits.variantsPerSet) + 1}.${previewHost}${portOf(request)}`;
}

/**
 * The same page at another origin, which the browser runs in another process: what hangs holds the process of its own. Another name
 * of this machine where it has one, else another port; "" while that is not known. Measured in Chromium: at the same origin the new
 * frame waits 15 s for the process of the old one.
 */
export function spareOf(place: PreviewPlace, pane: number, request: IncomingMessage): string {
  const { previewHost, previewPorts, sparePorts } = place;
  if (previewHost !== null) return `s${(pane % limits.variantsPerSet) + 1}.${previewHost}${portOf(request)}`;
  const spareName = spareHostname(request, pane);
  if (spareName !== null) return `${spareName}:${previewPorts[pane % previewPorts.length] ?? 0}`;
  const port = sparePorts[pane % Math.max(1, sparePorts.length)];
  return port === undefined ? "" : `${previewHostname(request, pane)}:${port}`;
}

/** The port that was asked for with its colon, or "" for the scheme's own. */
export function portOf(request: IncomingMessage): string {
  return /:\d{1,5}$/.exec(request.headers.host ?? "")?.[0] ?? "";
}
