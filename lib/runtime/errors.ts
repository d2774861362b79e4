/** An error of the page → where it is in the project. */
import type { PreviewError } from "../preview/protocol.ts";
import { UnknownImport } from "./modules.ts";
import { availablePackages } from "./packages.ts";
import { placeOfLine } from "./places.ts";
import { HEADER_LINES } from "./transpile.ts";

export function describeError(error: unknown, path = ""): PreviewError {
  const known = error instanceof Error ? error : new Error(String(error));
  const { inFile = path } = known as Error & { inFile?: string };
  const place = placeOf(known) ?? { path: inFile, line: 0, column: 0 };
  const message = known.message.replace(/^Error parsing [^:]*: /, "").replace(/ \(\d+:\d+\)$/, "");
  const described: PreviewError = { title: known.name || "Error", message, ...place };
  if (known instanceof UnknownImport) {
    described.unknownImport = { name: known.specifier, available: availablePackages };
    // The line is the importer's only when the stack begins there.
    if (described.path !== known.from) Object.assign(described, { path: known.from, line: 0, column: 0 });
  } else if (place.path === "") described.path = path;
  return described;
}

type Place = { path: string; line: number; column: number };

function placeOf(error: Error): Place | null {
  const inFile = /Error parsing ([^:]+):/.exec(error.message)?.[1];
  const at = (error as Error & { loc?: { line: number; column: number } }).loc;
  if (inFile && at) return { path: inFile, line: at.line, column: at.column };
  const frame = /triptych:\/\/(\/[^\s:)]+):(\d+):(\d+)/.exec(error.stack ?? "");
  if (!frame) return placeInWebKit(error);
  return {
    path: frame[1] ?? "",
    line: Math.max(1, Number(frame[2]) - HEADER_LINES),
    column: Number(frame[3]),
  };
}

function placeInWebKit({ line, column }: Error & { line?: number; column?: number }): Place | null {
  const place = placeOfLine((line ?? 0) - HEADER_LINES);
  return place && { ...place, column: column ?? 0 };
}
