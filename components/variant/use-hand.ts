"use client";
/**
 * A person's hand in one page: pointing, texts in place, scrolling in step, forwarded keys. Everything a page says is a hint: it
 * may open, focus, show; it never sends, stops, forks, keeps, shares or deletes, and it writes only texts (lib/preview/text-edits.ts)
 * while a person is at work in it.
 */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { othersThan } from "#components/studio/frames.ts";
import {
  largeOf,
  openCode,
  setPicked,
  togglePick,
  useView,
  viewState,
} from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { PageMessage, PreviewHandle } from "#lib/preview/preview-frame.tsx";
import type { PageIssue, PageMode, PickedElement } from "#lib/preview/protocol.ts";
import { createTextEdits, REFUSALS } from "#lib/preview/text-edits.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { actOnHint } from "./key-hints.ts";
import { offerEverywhere } from "./same-text.ts";
import { endTextStep, IN_PAGE, rememberTexts } from "./text-undo.ts";

type HandOptions = {
  client: RoomClient;
  variantId: VariantId | null;
  /** The live document; null while an older version is looked at. */
  document: VariantDocument | null;
  position: number;
  mayEdit: boolean;
  isWriting: boolean;
  frame: RefObject<PreviewHandle | null>;
};

export type Hand = {
  mode: PageMode;
  onPage(message: PageMessage): void;
  /** Why something was not put in. */
  note: string | null;
  dropNote(): void;
  /** Null: not looked for since the page was last written. */
  issues: PageIssue[] | null;
};

/** Idle for so long after a turn before the page is looked through. */
const CHECK_AFTER_MS = 1_500;

export function useHand(options: HandOptions): Hand {
  const { client, document, mayEdit, isWriting, frame, position } = options;
  const isPicking = useView((state) => state.isPicking);
  const scrolls = useView((state) => state.scrollsInStep);
  const [note, setNote] = useState<string | null>(null);
  const [issues, setIssues] = useState<PageIssue[] | null>(null);
  const picks = isPicking && mayEdit && document !== null;
  const edits = mayEdit && !isWriting && document !== null;
  const mode = useMemo(() => ({ picks, edits, scrolls }), [picks, edits, scrolls]);
  const texts = useMemo(() => document && createTextEdits(document, IN_PAGE), [document]);
  useEffect(() => {
    if (document && mayEdit) rememberTexts(client, document);
  }, [client, document, mayEdit]);
  usePickKeys(picks, frame, position);
  useCheck(isWriting, document, frame, setIssues);
  const latest = useRef({ ...options, mode, texts });
  latest.current = { ...options, mode, texts };

  function onPage(message: PageMessage): void {
    const now = latest.current;
    switch (message.type) {
      case "triptych:picked":
        return takePicked(now, message, setNote);
      case "triptych:pick-end":
        return now.mode.picks ? togglePick(false) : undefined;
      case "triptych:text":
        return takeText(now, message, setNote);
      case "triptych:text-end":
        return endText(now, message.id);
      case "triptych:scrolled":
        if (!now.mode.scrolls) return;
        for (const other of othersThan(now.position))
          other.tell({ type: "triptych:scroll-to", place: message.place });
        return;
      case "triptych:issues":
        return now.isWriting ? undefined : setIssues(message.issues);
      case "triptych:key":
        return isAtWork(now.frame) ? actOnHint(message) : undefined;
      default:
        message satisfies never;
    }
  }

  return { mode, onPage, note, dropNote: () => setNote(null), issues };
}

const NOT_AT_WORK =
  "The text was not put in: nothing shows that you are typing in this page. Click into it, and again.";

type Now = HandOptions & { mode: PageMode; texts: ReturnType<typeof createTextEdits> | null };

/**
 * The person's focus is in this page, and the person has just pressed or clicked: in a frame that counts for the page around it, too.
 * Browsers that do not tell are believed.
 */
function isAtWork(frame: HandOptions["frame"]): boolean {
  return frame.current?.hasFocus() === true && navigator.userActivation?.isActive !== false;
}

function takePicked(
  now: Now,
  { element, isMore, asks }: Extract<PageMessage, { type: "triptych:picked" }>,
  say: (words: string) => void,
): void {
  const { variantId, document, mode } = now;
  const isAsked = asks ? mode.edits && isAtWork(now.frame) : mode.picks;
  if (!isAsked || !variantId || !document || !isTag(document, element)) return;
  const { picked } = viewState.get();
  const isKnown = picked.some(
    (each) => each.variantId === variantId && each.path === element.path && each.start === element.start,
  );
  const next = { variantId, ...element };
  if (!isMore) setPicked([next]);
  else if (!isKnown) setPicked([...picked, next]);
  if (asks)
    return say(
      "This text comes out of code, so it cannot be edited in place. It is picked: tell the model what it should say.",
    );
  if (isMore) return;
  togglePick(false);
  openCode({ variantId, path: element.path, line: lineOf(document, element) });
}

/** A page may name any range: only a tag is taken for an element. */
function isTag(document: VariantDocument, { path, start, end }: PickedElement): boolean {
  const source = document.read(path)?.slice(start, end) ?? "";
  return source.startsWith("<") && source.endsWith(">");
}

function lineOf(document: VariantDocument, { path, start }: PickedElement): number {
  return (document.read(path)?.slice(0, start) ?? "").split("\n").length;
}

function takeText(
  now: Now,
  message: Extract<PageMessage, { type: "triptych:text" }>,
  say: (words: string | null) => void,
): void {
  const { texts, mode, frame } = now;
  if (!texts || !mode.edits || !isAtWork(frame)) {
    frame.current?.tell({ type: "triptych:text-refused", id: message.id });
    // A page that makes this up while the person is elsewhere must not fill the pane with words.
    if (document.activeElement instanceof HTMLIFrameElement) say(NOT_AT_WORK);
    return;
  }
  const refusal = texts.take(message);
  if (!refusal) return say(null);
  frame.current?.tell({ type: "triptych:text-refused", id: message.id });
  say(REFUSALS[refusal]);
}

/** What is typed next is another step; the same words elsewhere can follow. */
function endText({ texts, document, client, variantId, mode }: Now, id: string): void {
  const change = texts?.end(id) ?? null;
  if (document) endTextStep(document);
  if (change && variantId && mode.edits) offerEverywhere(client, variantId, change);
}

/** Keys that walk while the focus is in the app; with the focus in the page it hears them itself. */
function usePickKeys(picks: boolean, frame: HandOptions["frame"], position: number): void {
  useEffect(() => {
    if (!picks) return;
    const steps = { ArrowUp: "parent", ArrowDown: "child", Enter: "choose" } as const;
    const onKey = (event: KeyboardEvent) => {
      const step = steps[event.key as keyof typeof steps];
      const isBusy = (event.target as Element | null)?.closest?.(
        "input, textarea, select, [contenteditable=true], [role=dialog]",
      );
      if (!step || isBusy || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!isMeant(frame, position)) return;
      event.preventDefault();
      frame.current?.tell({
        type: "triptych:pick-step",
        step: step === "choose" && event.shiftKey ? "add" : step,
      });
    };
    addEventListener("keydown", onKey, true);
    return () => removeEventListener("keydown", onKey, true);
  }, [picks, frame, position]);
}

/** Keys mean the page under the pointer; else the large one, else the first. */
function isMeant(frame: HandOptions["frame"], position: number): boolean {
  if (frame.current?.isPointedAt()) return true;
  const isOther = othersThan(position).some((other) => other.isPointedAt());
  return !isOther && position === (largeOf(viewState.get()) ?? 0);
}

/** After a turn, when it is quiet; never while something is written. */
function useCheck(
  isWriting: boolean,
  document: VariantDocument | null,
  frame: HandOptions["frame"],
  setIssues: (issues: null) => void,
): void {
  const wasWriting = useRef(false);
  useEffect(() => {
    if (isWriting) {
      wasWriting.current = true;
      setIssues(null);
      return;
    }
    if (!wasWriting.current || !document) return;
    wasWriting.current = false;
    const timer = setTimeout(() => frame.current?.tell({ type: "triptych:check" }), CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isWriting, document, frame, setIssues]);
}
