/** The designer's answers as files: asked, streamed through the real parser into a real document. */
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import { templateFiles } from "../../../lib/project/template.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";
import { answeredFiles } from "../../../lib/turn/answered-files.ts";

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
  return answeredFiles(request.files, [...answerTo(request)].join(""));
}
