/**
 * The language service in a worker. A check goes file by file and lets messages in between, so that a question of somebody who
 * types is answered before the rest of the project is looked through, and a newer check ends an older one.
 */
import { createLanguageService, type LanguageService } from "./service.ts";
import type { FromLanguage, Problem, ToLanguage } from "./types.ts";

let service: LanguageService | null = null;
let wanted = 0;

addEventListener("message", ({ data }: MessageEvent<ToLanguage>) => {
  if (data.type === "start") void start(data);
  else if (service) take(service, data);
});

async function start({ typesUrl, files }: Extract<ToLanguage, { type: "start" }>): Promise<void> {
  try {
    const response = await fetch(typesUrl);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const declared = new Map(Object.entries((await response.json()) as Record<string, string>));
    service = createLanguageService({ read: (path) => declared.get(path) ?? null });
    for (const [path, text] of files) service.change(path, text);
    tell({ type: "ready" });
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

function take(service: LanguageService, message: ToLanguage): void {
  switch (message.type) {
    case "start":
      return;
    case "change":
      for (const [path, text] of message.files) service.change(path, text);
      return;
    case "check":
      wanted = message.id;
      void check(service, message.id);
      return;
    case "cancel":
      wanted = 0;
      return;
    case "complete": {
      const suggestions = service.complete(message.path, message.offset);
      return tell({ type: "completed", id: message.id, suggestions });
    }
    case "explain": {
      const explanation = service.explain(message.path, message.offset);
      return tell({ type: "explained", id: message.id, explanation });
    }
    case "rename": {
      const imports = service.importsAfterRename(message.path, message.to);
      return tell({ type: "renamed", id: message.id, imports });
    }
    default:
      message satisfies never;
  }
}

async function check(service: LanguageService, id: number): Promise<void> {
  const startMs = performance.now();
  const problems: Problem[] = [];
  for (const path of service.paths()) {
    await nextTask();
    if (wanted !== id) return;
    problems.push(...service.check(path));
  }
  if (wanted === id) tell({ type: "checked", id, problems, ms: performance.now() - startMs });
}

/** Behind the messages that wait. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function tell(message: FromLanguage): void {
  postMessage(message);
}
