"use client";
/** After a text was edited in place: where the other variants say the same, they can say the new words, too. No model is asked. */
import { offer } from "#components/commands/offers.ts";
import { asOneStep } from "#components/commands/own-changes.ts";
import { runningTurnOf, variantsOfSet } from "#components/studio/table.ts";
import { tell } from "#components/ui/toaster.tsx";
import type { RoomClient } from "#lib/client/room-client.ts";
import { placeOfText, sourceOfText } from "#lib/preview/same-text.ts";
import type { TextChange } from "#lib/preview/text-edits.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { endTextStep, IN_PAGE, rememberTexts } from "./text-undo.ts";

let takeBackOffer: (() => void) | null = null;

/** With the studio that it was made in. */
export function endOffer(): void {
  takeBackOffer?.();
  takeBackOffer = null;
}

/** A note with a button, and a command of the palette until another text is edited. */
export function offerEverywhere(client: RoomClient, variantId: VariantId, change: TextChange): void {
  endOffer();
  const others = whoSaysTheSame(client, variantId, change);
  if (others.length === 0) return;
  const act = () => {
    endOffer();
    changeThere(client, variantId, change);
  };
  takeBackOffer = offer("same-text", act);
  void tell(`${lettersOf(others)} ${others.length === 1 ? "says" : "say"} the same.`, {
    title: others.length === 1 ? "Change it there, too" : "Change all",
    run: act,
  });
}

/** The other variants on the table that nobody writes just now. */
export function whoSaysTheSame(
  client: RoomClient,
  variantId: VariantId,
  { path, was }: TextChange,
): Variant[] {
  const { variants, turns } = client.getSnapshot();
  const own = variants.find(({ id }) => id === variantId);
  if (!own) return [];
  return variantsOfSet(variants, own.setNumber).filter(({ id }) => {
    const document = client.document(id);
    const isFree = id !== variantId && runningTurnOf(turns, id) === null;
    return isFree && document !== null && placeOfText(document, path, was) !== null;
  });
}

/** As this person's edits, one step of ⌘Z together. Looked for once more: somebody may have written meanwhile. */
export function changeThere(client: RoomClient, variantId: VariantId, change: TextChange): void {
  const others = whoSaysTheSame(client, variantId, change);
  const undo = asOneStep(client, () => {
    for (const { id } of others) changeIn(client, id, change);
  });
  if (others.length === 0) void tell("Those texts have changed meanwhile: nothing was put in.");
  else void tell(`Changed in ${lettersOf(others)}.`, { title: "Undo", run: undo });
}

function changeIn(client: RoomClient, id: VariantId, { path, was, text }: TextChange): void {
  const document = client.document(id);
  const place = document && placeOfText(document, path, was);
  if (!place) return;
  rememberTexts(client, document);
  endTextStep(document);
  document.splice(place.path, place.start, place.end, sourceOfText(place, text), IN_PAGE);
  endTextStep(document);
}

function lettersOf(variants: readonly Variant[]): string {
  return variants.map(({ letter }) => letter).join(" and ");
}
