"use client";
/** A variant's speed in small figures; where the time goes is behind them. */
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { milliseconds, plural, seconds } from "#components/ui/figures.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { type Figures, useFigures } from "#lib/client/use-figures.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";

const TimingsPanel = dynamic(() => import("./timings-panel.tsx"), { ssr: false });

type TimingsProps = { client: RoomClient; variant: Variant; turn: Turn };

/** The room for the figures is kept free, so that nothing beside them moves while they tick. */
export function Timings({ client, variant, turn }: TimingsProps) {
  const figures = useFigures(client, turn.id);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="tnum h-6.5 min-w-14 flex-none cursor-pointer rounded-xs px-1 text-right text-xs whitespace-nowrap text-ink-3 hover:bg-raised hover:text-ink-2 aria-expanded:bg-raised aria-expanded:text-ink-2 @max-[20rem]:hidden @[23rem]:min-w-22 @[36rem]:min-w-56"
        onClick={() => setOpen(!isOpen)}
      >
        <span className="sr-only">Timings of variant {variant.letter}</span>
        {/* Figures that tick are never read out; they stand in what the button opens. */}
        <span aria-hidden="true">
          <Words turn={turn} figures={figures} />
        </span>
      </button>
      {isOpen ? (
        <TimingsPanel
          letter={variant.letter}
          turn={turn}
          figures={figures}
          opener={button}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

/** Narrow heads show what the product adds, wider ones what the model does as well. */
function Words({ turn, figures: { progress, trace } }: { turn: Turn; figures: Figures }) {
  const toPixel = trace?.way?.toPixel.p50;
  const speed = speedWords(turn, progress);
  const edits = turn.timings ? turn.appliedEdits : progress?.edits;
  return (
    <>
      {edits === undefined ? null : (
        <span className="hidden @[36rem]:inline">{plural(edits, "edit")} · </span>
      )}
      <span className={toPixel === undefined ? "" : "hidden @[23rem]:inline"}>{speed}</span>
      {toPixel === undefined ? null : (
        <>
          <span className="hidden @[23rem]:inline"> · </span>
          {milliseconds(toPixel)}
          <span className="hidden @[36rem]:inline"> to pixel</span>
        </>
      )}
    </>
  );
}

function speedWords(turn: Turn, progress: Figures["progress"]): string {
  if (turn.timings) return seconds(turn.timings.totalMs);
  return progress?.tokensPerSecond ? `${progress.tokensPerSecond.toLocaleString("en")} tok/s` : "writing";
}
