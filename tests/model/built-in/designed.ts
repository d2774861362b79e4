/** The designer's answers as files: asked, streamed through the real parser into a real document. */
import { openEditSession } from "../../../lib/document/edit-session.ts";
import { VariantDocument } from "../../../lib/document/variant-document.ts";
import { createEditParser } from "../../../lib/edit/parser.ts";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import type { TurnId } from "../../../lib/project/ids.ts";
import { templateFiles } from "../../../lib/project/template.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";

export function requestOf(change: Partial<PromptRequest> = {}): PromptRequest {
  return {
    text: "A landing page for a village bakery, warm, with opening hours and an order button",
    kind: "create",
    files: templateFiles,
    letter: "ABC"[change.position ?? 0] ?? "A",
    position: 0,
    variantCount: 3,
    seed: "seed-1",
    history: [],
    ...change,
  };
}

/** What stands in the files after the answer; a failed edit is an error. */
export function designedFiles(change: Partial<PromptRequest> = {}): ReadonlyMap<string, string> {
  const request = requestOf(change);
  const document = VariantDocument.seed(new Map(request.files), "seed");
  const session = openEditSession(document, { kind: "model", turnId: "turn-0001" as TurnId });
  const parser = createEditParser({
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
  });
  for (const edit of parser.push([...answerTo(request)].join(""))) session.apply(edit);
  for (const edit of parser.end("stop")) session.apply(edit);
  const { failed } = parser.result();
  session.close().forget();
  if (failed.length > 0)
    throw new Error(`${failed.length} edits failed: ${JSON.stringify(failed[0]).slice(0, 600)}`);
  return document.files();
}
