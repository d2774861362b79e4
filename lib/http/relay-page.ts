/** `/relay?pane=N` on the app's origin: the trusted page around one preview frame, and its script. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { letterOf } from "#lib/project/letters.ts";
import { readFrameFiles } from "./frame-files.ts";
import { relayHeaders } from "./headers.ts";
import { hostnameOf, twinOf } from "./hosts.ts";

/** Returns whether the request was for the relay. */
export function createRelayHandler({
  framesFolder,
  previewPorts,
}: {
  framesFolder: string;
  previewPorts: number[];
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = readFrameFiles(framesFolder);
  return (request, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    if (path !== "/relay" && !path.startsWith("/relay/")) return false;
    const pane = Number(new URLSearchParams(query).get("pane") ?? 0);
    const position = Number.isInteger(pane) && pane >= 0 && pane < 26 ? pane : 0;
    // More panes than ports share one: they then share a process too.
    const port = previewPorts[position % previewPorts.length] ?? 0;
    const hostname = hostnameOf(request);
    const twin = twinOf(hostname);
    const origin = `http://${hostname}:${port}`;
    const spare = twin ? `http://${twin}:${port}` : "";
    const headers = relayHeaders(spare ? [origin, spare] : [origin]);
    if (files.serve(path.slice("/relay".length), request, response, headers)) return true;
    response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" });
    response.end(relayPage(files.manifest.relay, { origin, spare }, `Page of variant ${letterOf(position)}`));
    return true;
  };
}

function relayPage(script: string, preview: { origin: string; spare: string }, title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>html,body{margin:0;height:100%;overflow:hidden}iframe{display:block;border:0;width:100%;height:100%;background:#fff}iframe[hidden]{display:none}</style>
</head>
<body data-preview="${preview.origin}" data-spare="${preview.spare}" data-title="${title}"><script src="/relay/${script}"></script></body>
</html>
`;
}
