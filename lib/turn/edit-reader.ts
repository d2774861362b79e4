/** Text of the model → edits → document, and the drafts that viewers see; ends with every file whole. */
import type { EditSession } from "#lib/document/edit-session.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { createEditParser } from "#lib/edit/parser.ts";
import type { Edit, EditResult, EditTarget, StopReason } from "#lib/edit/types.ts";
import { limits } from "#lib/project/limits.ts";
import { joinResults, withoutTruncated } from "./results.ts";
import type { TurnLog } from "./turn-log.ts";
import type { TurnOptions } from "./types.ts";

export type EditReader = {
  push(text: string): void;
  /** What is open is taken back; what comes now is another text of the same turn. */
  beginAnew(): void;
  /** Call once: closes what ended well, takes back what did not. */
  end(stop: StopReason): EditResult;
};

export function openEditReader(options: TurnOptions, session: EditSession, log: TurnLog): EditReader {
  const { hooks } = options;
  let firstId = log.firstId;
  let lastId = firstId;
  let before: EditResult | null = null;
  let parser = createEditParser(targetOf(options, session, firstId));

  function apply(edits: Iterable<Edit>): void {
    for (const edit of edits) {
      lastId = Math.max(lastId, edit.id + firstId);
      const facts = session.apply({ ...edit, id: edit.id + firstId });
      log.sawEdit(edit);
      if (facts.length > 0) hooks.onDraft(facts);
    }
  }

  /** A stopped or steered text changes nothing more: what is open is taken back, not finished. */
  function close(stop: StopReason): EditResult {
    if (stop === "user") hooks.onDraft(session.abandon("stopped"));
    apply(parser.end(stop));
    hooks.onDraft(session.abandon("cut"));
    log.answer += parser.takeProse();
    return nameLocked(withIds(parser.result(), firstId), options.locked);
  }

  return {
    push(text) {
      apply(parser.push(text));
      log.answer += parser.takeProse();
      log.heldAnswer = parser.heldProse();
    },
    beginAnew() {
      before = joinResults(before, withoutTruncated(close("user")));
      firstId = lastId + 1;
      parser = createEditParser(targetOf(options, session, firstId));
    },
    end: (stop) => joinResults(before, close(stop)),
  };
}

function withIds(result: EditResult, firstId: number): EditResult {
  const shift = <Each extends { id: number }>(each: Each): Each => ({ ...each, id: each.id + firstId });
  return { ...result, applied: result.applied.map(shift), failed: result.failed.map(shift) };
}

function targetOf(
  { document, accepts, locked }: TurnOptions,
  session: EditSession,
  firstId: number,
): EditTarget {
  return {
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id + firstId),
    fits: (path, chars) => !locked?.has(path) && fits(document, path, chars),
    ...(accepts ? { accepts } : {}),
  };
}

/** A file, and all files of a variant together, stay below their limits; characters are counted as bytes. */
function fits(document: VariantDocument, path: string, chars: number): boolean {
  const others = document.paths().filter((each) => each !== path);
  if (chars > limits.fileBytes || others.length >= limits.filesPerVariant) return false;
  const total = others.reduce((sum, each) => sum + (document.read(each)?.length ?? 0), chars);
  return total <= limits.variantBytes;
}

/** The parser knows a locked file as one that holds nothing more; people are told what it is. */
function nameLocked(result: EditResult, locked: TurnOptions["locked"]): EditResult {
  if (!locked || locked.size === 0) return result;
  const failed = result.failed.map((each) =>
    each.path !== null && locked.has(each.path) ? { ...each, reason: "locked" as const } : each,
  );
  return { ...result, failed };
}
