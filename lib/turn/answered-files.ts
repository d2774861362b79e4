/** A whole answer, applied to files at once: what a turn does, without its time. */
import { openEditSession } from "#lib/document/edit-session.ts";
import { VariantDocument } from "#lib/document/variant-document.ts";
import { createEditParser } from "#lib/edit/parser.ts";
import type { Files } from "#lib/project/files.ts";
import type { TurnId } from "#lib/project/ids.ts";

/** Throws when an edit does not fit: the answers it is for are our own. */
export function answeredFiles(files: Files, answer: string): Files {
  const document = VariantDocument.seed(new Map(files), "seed");
  const session = openEditSession(document, { kind: "model", turnId: "turn-0001" as TurnId });
  const parser = createEditParser({
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
  });
  for (const edit of parser.push(answer)) session.apply(edit);
  for (const edit of parser.end("stop")) session.apply(edit);
  const { failed } = parser.result();
  session.close().forget();
  if (failed.length > 0)
    throw new Error(`${failed.length} edits failed: ${JSON.stringify(failed[0]).slice(0, 600)}`);
  return document.files();
}
