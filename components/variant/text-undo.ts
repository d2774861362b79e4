"use client";
/** Texts that this person edited in the page: steps of the page's own changes, which ⌘Z takes back (components/commands/own-changes.ts). */
import { UndoManager } from "yjs";
import { noteStep } from "#components/commands/own-changes.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Origin } from "#lib/document/types.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";

/** One object for all of them: by it Yjs knows which changes are these. */
export const IN_PAGE: Origin = { kind: "person", clientId: "in-page" };

const managers = new WeakMap<VariantDocument, UndoManager>();

/** From now on, for as long as the document is there. */
export function rememberTexts(client: RoomClient, document: VariantDocument): void {
  if (managers.has(document)) return;
  // One text is one step, however long somebody types.
  const manager = new UndoManager(document.doc.getMap("files"), {
    trackedOrigins: new Set([IN_PAGE]),
    captureTimeout: Number.MAX_SAFE_INTEGER,
  });
  managers.set(document, manager);
  // What its own undo and redo move between its stacks is no new step.
  manager.on("stack-item-added", ({ origin }) => {
    if (origin === IN_PAGE) noteStep(client, manager);
  });
}

/** What is typed from now on is a step of its own. */
export function endTextStep(document: VariantDocument): void {
  managers.get(document)?.stopCapturing();
}
