"use client";
import { Choice } from "#components/ui/choice.tsx";
import { cycleWidth, type PreviewWidth, setWidth, useView, WIDTHS } from "./view-state.ts";

const OPTIONS = WIDTHS.map((width) => ({
  value: width as PreviewWidth,
  title: titleOf(width),
  hint: hintOf(width),
}));

/** How wide the previews are laid out: all known widths where there is room, else a button that walks through them. */
export function WidthSwitch() {
  const width = useView((state) => state.width);
  return (
    <>
      <Choice
        label="Width of the previews"
        className="max-[1279px]:hidden"
        value={width}
        options={OPTIONS}
        onChoose={setWidth}
      />
      <button
        type="button"
        className="button button-small tnum min-[1280px]:hidden"
        aria-label={`${titleOf(width)}: width of the previews, next`}
        title="Next width of the previews (D)"
        onClick={cycleWidth}
      >
        {titleOf(width)}
      </button>
    </>
  );
}

function titleOf(width: PreviewWidth): string {
  return width === "fit" ? "Fit" : String(width);
}

function hintOf(width: PreviewWidth): string {
  return width === "fit" ? "As wide as its column (D: next width)" : `${width} pixels wide (D: next width)`;
}
