"use client";
import { Pause, Play } from "lucide-react";
import { useOffer } from "#components/commands/offers.ts";
import type { LookBack } from "./use-look-back.ts";
import { usePlayback } from "./use-playback.ts";

/** Walks through the turns: the previews show each as it was, the last step is now. */
export function TimeLine({ lookBack }: { lookBack: LookBack }) {
  const { moments, at, look, prepare } = lookBack;
  const { isPlaying, toggle } = usePlayback(lookBack);
  useOffer("play", toggle, moments.length > 1);
  // A moment that is not among the turns, a checkpoint, has no place on the line.
  const found = at ? moments.findIndex(({ key }) => key === at.key) : moments.length;
  const value = found < 0 ? moments.length : found;
  const words = at ? `Turn ${value} of ${moments.length - 1}, ${at.label}` : "Now";
  if (moments.length < 2) return null;
  return (
    <div className="px-2 pt-2">
      <div className="flex items-center gap-1">
        <button
          type="button"
          className="button button-small -ml-1 flex-none px-0"
          aria-label={isPlaying ? "Pause" : "Play the turns"}
          title="Play the turns, or pause (Space)"
          onPointerEnter={prepare}
          onClick={toggle}
        >
          {isPlaying ? <Pause size={13} aria-hidden="true" /> : <Play size={13} aria-hidden="true" />}
        </button>
        <input
          type="range"
          aria-label="Look back"
          aria-valuetext={words}
          className="w-full min-w-0 accent-ink"
          min={0}
          max={moments.length}
          value={value}
          onPointerEnter={prepare}
          onFocus={prepare}
          onChange={(event) => look(moments[Number(event.target.value)] ?? null)}
        />
      </div>
      <p className="truncate text-2xs text-ink-3">{words}</p>
    </div>
  );
}

type LookBackLineProps = { lookBack: LookBack; mayEdit: boolean; onRestore(): void };

/** Over the table while it shows the past. */
export function LookBackLine({ lookBack, mayEdit, onRestore }: LookBackLineProps) {
  const { at, look, step } = lookBack;
  if (!at) return null;
  return (
    <div className="flex items-center gap-2 bg-raised px-4 py-1 text-xs text-ink-2" role="note">
      <span className="min-w-0 flex-1 truncate">Looking back at “{at.label}”. Nothing is changed by it.</span>
      <button
        type="button"
        className="button button-small"
        aria-label="Earlier turn"
        onClick={() => step(-1)}
      >
        ←
      </button>
      <button type="button" className="button button-small" aria-label="Later turn" onClick={() => step(1)}>
        →
      </button>
      {mayEdit ? (
        <button type="button" className="button button-small" onClick={onRestore}>
          Restore this
        </button>
      ) : null}
      <button type="button" className="button button-small" onClick={() => look(null)}>
        Back to now
      </button>
    </div>
  );
}
