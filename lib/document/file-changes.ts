/** Yjs events of one transaction → what happened to the files, in an order in which the offsets hold. */
import * as Y from "yjs";
import type { FileChange } from "./types.ts";

export function fileChanges(events: Y.YEvent<Y.AbstractType<unknown>>[], map: Y.Map<Y.Text>): FileChange[] {
  const changes: FileChange[] = [];
  const replaced = new Set<string>();
  for (const event of events) {
    if (event.target !== (map as unknown)) continue;
    for (const [path, { action }] of event.changes.keys) {
      replaced.add(path);
      if (action === "delete") changes.push({ type: "delete", path });
      else changes.push({ type: "create", path, text: map.get(path)?.toString() ?? "" });
    }
  }
  for (const event of events) {
    const path = String(event.path[0] ?? "");
    if (event instanceof Y.YTextEvent && !replaced.has(path)) changes.push(...textSplices(path, event));
  }
  return changes;
}

function textSplices(path: string, event: Y.YTextEvent): FileChange[] {
  const splices: Extract<FileChange, { type: "splice" }>[] = [];
  let position = 0;
  for (const step of event.delta) {
    if (step.retain !== undefined) position += step.retain;
    else if (step.delete !== undefined) {
      const last = splices.at(-1);
      // An insert and the delete behind it are one replacement.
      if (last && last.start + last.text.length === position && last.start === last.end)
        last.end += step.delete;
      else splices.push({ type: "splice", path, start: position, end: position + step.delete, text: "" });
    } else if (typeof step.insert === "string") {
      const last = splices.at(-1);
      if (last && last.start === position && last.text === "") last.text = step.insert;
      else splices.push({ type: "splice", path, start: position, end: position, text: step.insert });
      position += step.insert.length;
    }
  }
  return splices;
}
