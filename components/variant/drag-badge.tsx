"use client";
import { type PointerEvent, useRef, useState } from "react";

type DragBadgeProps = {
  /** The letter, or a tick. */
  sign: string;
  /** Null: it does not lie in a row now, or may not be moved. */
  onMove: ((to: number) => void) | null;
};

/** A variant's letter; it is also what the sheet is dragged by. The menu behind "More" moves it without a pointer. */
export function DragBadge({ sign, onMove }: DragBadgeProps) {
  const from = useRef(0);
  const [isDragging, setDragging] = useState(false);
  if (!onMove)
    return (
      <span className="badge" aria-hidden="true">
        {sign}
      </span>
    );
  const sheetOf = (event: PointerEvent) => event.currentTarget.closest("article");
  const end = (event: PointerEvent, isDropped: boolean) => {
    const sheet = sheetOf(event);
    setDragging(false);
    if (!sheet) return;
    const to = placeAt(sheet, event.clientX);
    sheet.style.translate = "";
    sheet.style.zIndex = "";
    if (isDropped && to !== null) onMove(to);
  };
  return (
    <>
      {isDragging ? <span className="drag-cover" /> : null}
      <span
        // Over the cover that keeps the frames from the pointer; at rest below dialogs and the drawer of a phone.
        className={`badge relative cursor-grab touch-none active:cursor-grabbing ${isDragging ? "z-50" : ""}`}
        aria-hidden="true"
        title="Drag to another place"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = event.clientX;
          setDragging(true);
        }}
        onPointerMove={(event) => {
          const sheet = sheetOf(event);
          if (!isDragging || !sheet) return;
          sheet.style.translate = `${event.clientX - from.current}px 0`;
          sheet.style.zIndex = "10";
        }}
        onPointerUp={(event) => isDragging && end(event, true)}
        onPointerCancel={(event) => isDragging && end(event, false)}
      >
        {sign}
      </span>
    </>
  );
}

/** Which place in the row lies under the pointer; null: its own. */
function placeAt(sheet: HTMLElement, clientX: number): number | null {
  const row = [...(sheet.parentElement?.querySelectorAll<HTMLElement>('[data-place="column"]') ?? [])];
  const others = row.filter((each) => each !== sheet).map((each) => each.getBoundingClientRect());
  const to = others.filter(({ left, width }) => left + width / 2 < clientX).length;
  const now = Number(sheet.style.getPropertyValue("--place-order"));
  return to === now ? null : to;
}
