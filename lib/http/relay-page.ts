/** `/relay?pane=N` on the app's origin: the trusted page around one preview frame, and its script. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { letterOf } from "#lib/project/letters.ts";
import { readFrameFiles } from "./frame-files.ts";
import { relayHeaders } from "./headers.ts";
import { type PreviewPlace, previewOf, spareOf } from "./preview-place.ts";

/** Returns whether the request was for the relay. */
export function createRelayHandler({
  framesFolder,
  place,
}: {
  framesFolder: string;
  place: PreviewPlace;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = readFrameFiles(framesFolder);
  return (request, response) => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    if (path !== "/relay" && !path.startsWith("/relay/")) return false;
    const pane = Number(new URLSearchParams(query).get("pane") ?? 0);
    const position = Number.isInteger(pane) && pane >= 0 && pane < 26 ? pane : 0;
    const host = previewOf(place, position, request);
    const spare = spareOf(place, position, request);
    const headers = relayHeaders(spare ? [host, spare] : [host]);
    if (files.serve(path.slice("/relay".length), request, response, headers)) return true;
    response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" });
    response.end(relayPage(files.manifest.relay, { host, spare }, `Page of variant ${letterOf(position)}`));
    return true;
  };
}

function relayPage(script: string, preview: { host: string; spare: string }, title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>html,body{margin:0;height:100%;overflow:hidden}iframe{display:block;border:0;width:100%;height:100%}iframe[hidden]{display:none}</style>
</head>
<body data-preview="${preview.host}" data-spare="${preview.spare}" data-title="${title}"><script src="/relay/${script}"></script></body>
</html>
`;
}
