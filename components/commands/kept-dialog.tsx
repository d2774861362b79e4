"use client";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { closeDialog } from "#components/studio/view-state.ts";
import { FOCUSABLE, isSeen } from "./regions.ts";
import { giveBackTo } from "./use-give-back.ts";

type KeptDialogProps = {
  isOpen: boolean;
  title: string;
  className: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** After the focus is back where it was. */
  onClosed?: () => void;
  children: ReactNode;
};

/**
 * A dialog that is laid out before anyone opens it, unseen: to open it is to show it (bench/keys.ts). It marks nothing outside
 * itself, for each mark on the page or its body makes the browser style the whole studio anew: with Radix's dialog, which locks
 * scrolling and hides the rest, three such passes were most of the time until it was painted. What those marks do for people is done
 * by hand here: the focus, Tab and Esc stay inside, and nothing scrolls behind it.
 */
export function KeptDialog({ isOpen, title, className, onKeyDown, onClosed, children }: KeptDialogProps) {
  const panel = useRef<HTMLDivElement>(null);
  const cover = useRef<HTMLDivElement>(null);
  useFocus(isOpen, panel, onClosed);
  useModalKeys(isOpen, panel);
  useStillPage(cover);
  const asDialog = isOpen ? { role: "dialog", "aria-modal": true, "aria-label": title } : {};
  return (
    <div className={isOpen ? "" : "invisible"}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Esc closes by key. */}
      <div ref={cover} className="fixed inset-0 z-40 touch-none bg-black/30" onClick={closeDialog} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a dialog while it is open. */}
      <div
        ref={panel}
        {...asDialog}
        tabIndex={-1}
        className={`fixed left-1/2 z-50 -translate-x-1/2 rounded-lg bg-sheet shadow-float outline-none ${className}`}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </div>
  );
}

/** For `memo`: while a dialog is closed nothing that changes in the studio renders it. */
export function staysClosed(before: { isOpen: boolean }, after: { isOpen: boolean }): boolean {
  return !before.isOpen && !after.isOpen;
}

/** To the first control when it opens, and back to where it was. */
function useFocus(isOpen: boolean, panel: RefObject<HTMLElement | null>, onClosed?: () => void): void {
  const opener = useRef<{ element: Element | null } | null>(null);
  const closed = useRef(onClosed);
  closed.current = onClosed;
  useLayoutEffect(() => {
    if (isOpen) {
      opener.current = { element: document.activeElement };
      enter(panel.current);
      return bringBack(panel);
    }
    if (!opener.current) return;
    giveBackTo(opener.current.element);
    opener.current = null;
    closed.current?.();
  }, [isOpen, panel]);
}

function enter(panel: HTMLElement | null): void {
  (controlsOf(panel)[0] ?? panel)?.focus({ preventScroll: true });
}

/** What takes the focus meanwhile (an editor that has just loaded, a menu that gives it back) does not keep it. */
function bringBack(panel: RefObject<HTMLElement | null>): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (!panel.current?.contains(target as Node)) enter(panel.current);
  };
  document.addEventListener("focusin", onFocus);
  return () => document.removeEventListener("focusin", onFocus);
}

/** The wheel over what is dimmed scrolls nothing. React's own listeners may not prevent it. */
function useStillPage(cover: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = cover.current;
    const onWheel = (event: Event) => event.preventDefault();
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [cover]);
}

/** Esc closes wherever the focus is, and does nothing else; Tab stays inside. */
function useModalKeys(isOpen: boolean, panel: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        closeDialog();
      } else if (event.key === "Tab" && panel.current) {
        event.preventDefault();
        walk(panel.current, event.shiftKey ? -1 : 1);
      }
    };
    addEventListener("keydown", onKey, true);
    return () => removeEventListener("keydown", onKey, true);
  }, [isOpen, panel]);
}

function walk(panel: HTMLElement, by: 1 | -1): void {
  const controls = controlsOf(panel);
  const at = controls.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 && by < 0 ? controls.length - 1 : (at + by + controls.length) % controls.length;
  controls[next]?.focus();
}

function controlsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter(isSeen);
}
