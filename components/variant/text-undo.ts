"use client";
/** Texts that this person edited in the page: ⌘Z takes them back, newest first, whichever variant they are in. */
import { UndoManager } from "yjs";
import { offer } from "#components/commands/offers.ts";
import type { Origin } from "#lib/document/types.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";

/** One object for all of them: by it Yjs knows which changes are these. */
export const IN_PAGE: Origin = { kind: "person", clientId: "in-page" };

const managers = new WeakMap<VariantDocument, UndoManager>();

/** Returns how to stop remembering. */
export function rememberTexts(document: VariantDocument): () => void {
  const manager =
    managers.get(document) ??
    // One text is one step, however long somebody types.
    new UndoManager(document.doc.getMap("files"), {
      trackedOrigins: new Set([IN_PAGE]),
      captureTimeout: Number.MAX_SAFE_INTEGER,
    });
  managers.set(document, manager);
  let takeBack = () => {};
  // Offered only while there is something: the newest offer of a command counts.
  const look = () => {
    takeBack();
    const offers = [
      ...(manager.canUndo() ? [offer("undo", () => manager.undo())] : []),
      ...(manager.canRedo() ? [offer("redo", () => manager.redo())] : []),
    ];
    takeBack = () => {
      for (const stop of offers) stop();
    };
  };
  look();
  manager.on("stack-item-added", look);
  manager.on("stack-item-popped", look);
  return () => {
    takeBack();
    manager.off("stack-item-added", look);
    manager.off("stack-item-popped", look);
  };
}

/** What is typed from now on is a step of its own. */
export function endTextStep(document: VariantDocument): void {
  managers.get(document)?.stopCapturing();
}
