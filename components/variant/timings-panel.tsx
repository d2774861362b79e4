"use client";
/** The way of a turn's text, as bars: where a token is between the model and the pixels, and for how long. */
import { X } from "lucide-react";
import { Popover } from "radix-ui";
import type { CSSProperties, RefObject } from "react";
import { milliseconds, plural, seconds } from "#components/ui/figures.ts";
import { type Spread, type Stage, stages, type TurnTrace } from "#lib/client/trace.ts";
import type { Figures } from "#lib/client/use-figures.ts";
import type { Turn } from "#lib/project/rows.ts";

type PanelProps = {
  letter: string;
  turn: Turn;
  figures: Figures;
  /** Gets the focus back. */
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
};

const STAGES: Record<Stage, { name: string; what: string; title: string }> = {
  apply: {
    name: "Apply",
    what: "parsed into the files, sent",
    title:
      "On the server: from the arrival of the model's text, through parsing it and putting it into the document, to the frame it leaves in. Frames leave at most every 16 ms and carry all variants; the time counts from the oldest text in the frame, so it is never too short.",
  },
  network: {
    name: "Network",
    what: "server to this page",
    title:
      "From the server until this page, when it has a moment, takes the frame. The two clocks are compared by asking the server for its time: right to half of the shortest round trip.",
  },
  hand: {
    name: "Merge",
    what: "into this page's copy",
    title:
      "In this page: from the frame's arrival, through merging it into the document, to the preview's lane.",
  },
  wait: {
    name: "Wait",
    what: "for the next compile",
    title:
      "In the preview: until it compiles, once per animation frame. Text that cannot run yet waits here for the text that completes it.",
  },
  compile: {
    name: "Compile",
    what: "healed, built, run",
    title: "In the preview: healing the unfinished code, compiling it and its styles, and running it.",
  },
  paint: {
    name: "Paint",
    what: "layout and pixels",
    title: "In the preview: until the frame after it was painted.",
  },
};

export default function TimingsPanel({ letter, turn, figures, opener, onClose }: PanelProps) {
  const { trace } = figures;
  return (
    <Popover.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Popover.Anchor virtualRef={opener as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={`Timings of variant ${letter}`}
          data-v={letter.toLowerCase()}
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="z-40 max-h-(--radix-popover-content-available-height) w-[min(28rem,calc(100vw-1.5rem))] overflow-y-auto rounded-lg bg-sheet p-4 shadow-float outline-none"
          onInteractOutside={(event) => {
            // The opener closes by its own click.
            if (opener.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
        >
          <div className="flex items-center gap-2">
            <span className="badge" aria-hidden="true">
              {letter}
            </span>
            <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">
              Timings <span className="font-normal text-ink-3">{turn.prompt}</span>
            </h2>
            <Popover.Close className="button button-small px-0" aria-label="Close timings">
              <X size={14} aria-hidden="true" />
            </Popover.Close>
          </div>
          <Totals turn={turn} figures={figures} />
          {trace?.way ? <Waterfall way={trace.way} /> : null}
          <p className="mt-3 text-xs text-pretty text-ink-3">{noteOf(turn, trace)}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Totals({ turn, figures: { progress, trace } }: { turn: Turn; figures: Figures }) {
  const { timings } = turn;
  const firstTextMs = timings ? timings.firstTextMs : (progress?.firstTextMs ?? null);
  const speed = timings ? speedOf(timings) : progress?.tokensPerSecond || null;
  const edits = timings ? turn.appliedEdits : (progress?.edits ?? null);
  return (
    <dl className="tnum mt-3 grid grid-cols-4 gap-x-3">
      <Total
        name="First token"
        value={firstTextMs === null ? null : milliseconds(firstTextMs)}
        title="On the server: from the start of the turn to the model's first text"
      />
      <Total
        name="Tokens/s"
        value={speed === null ? null : speed.toLocaleString("en")}
        title="From the model's first text on"
      />
      <Total name="Edits" value={edits === null ? null : String(edits)} title="Applied to the files" />
      <Total
        name="States painted"
        value={trace ? `${trace.paints.toLocaleString("en")}` : null}
        title="Different states of the page that the preview painted from this turn's text"
      />
    </dl>
  );
}

function Total({ name, value, title }: { name: string; value: string | null; title: string }) {
  return (
    <div className="flex flex-col-reverse" title={title}>
      <dt className="text-2xs text-ink-3">{name}</dt>
      <dd className="text-lg leading-6 font-medium whitespace-nowrap">
        {value ?? (
          <>
            <span aria-hidden="true" className="text-ink-3">
              –
            </span>
            <span className="sr-only">not known</span>
          </>
        )}
      </dd>
    </div>
  );
}

/** Since the first text: waiting for it is told on its own. */
function speedOf({ tokens, totalMs, firstTextMs }: NonNullable<Turn["timings"]>): number | null {
  const writingMs = firstTextMs === null ? 0 : totalMs - firstTextMs;
  return writingMs > 0 ? Math.round((tokens * 1_000) / writingMs) : null;
}

function Waterfall({ way }: { way: NonNullable<TurnTrace["way"]> }) {
  const rows = placed(way);
  const endMs = scaleOf(rows, way.toPixel);
  return (
    <table className="tnum mt-4 w-full border-collapse text-xs">
      <caption className="sr-only">Milliseconds from the model's text to the pixels, by stage</caption>
      <thead className="text-2xs text-ink-3">
        <tr>
          <th scope="col" className="pb-1 text-left font-normal">
            Stage
          </th>
          <th scope="col" className="pb-1">
            <span className="sr-only">Share</span>
          </th>
          <th scope="col" className="w-14 pb-1 text-right font-normal" title="Half of all are faster">
            p50
          </th>
          <th scope="col" className="w-14 pb-1 text-right font-normal" title="19 of 20 are faster">
            p95
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ stage, spread, fromMs }) => (
          <tr key={stage} title={STAGES[stage].title} className="border-t border-line">
            <th scope="row" className="w-0 py-1 pr-3 text-left align-middle font-normal whitespace-nowrap">
              <span className="block text-ink">{STAGES[stage].name}</span>
              <span className="block text-2xs leading-3 text-ink-3">{STAGES[stage].what}</span>
            </th>
            <td className="align-middle">
              <Bar fromMs={fromMs} spread={spread} endMs={endMs} />
            </td>
            <Time ms={spread.p50} />
            <Time ms={spread.p95} quiet />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr
          className="border-t border-line-strong"
          title="Measured for each frame of text as a whole: quantiles of the stages do not add up to it"
        >
          <th scope="row" className="py-1.5 pr-3 text-left font-semibold whitespace-nowrap">
            Token to pixel
          </th>
          <td className="align-middle">
            <Bar fromMs={0} spread={way.toPixel} endMs={endMs} />
          </td>
          <Time ms={way.toPixel.p50} />
          <Time ms={way.toPixel.p95} quiet />
        </tr>
      </tfoot>
    </table>
  );
}

function Time({ ms, quiet }: { ms: number; quiet?: true }) {
  return (
    <td className={`text-right align-middle whitespace-nowrap ${quiet ? "text-ink-3" : "font-medium"}`}>
      {milliseconds(ms)}
    </td>
  );
}

type Row = { stage: Stage; spread: Spread; fromMs: number };

/** Each stage begins where the ones before it end, half of the time. */
function placed({ stages: spreads }: NonNullable<TurnTrace["way"]>): Row[] {
  let fromMs = 0;
  return stages.map((stage) => {
    const row = { stage, spread: spreads[stage], fromMs };
    fromMs += row.spread.p50;
    return row;
  });
}

/** The slowest of 20 fit, unless they are so slow that nothing else could be seen: those bars are cut. */
function scaleOf(rows: Row[], toPixel: Spread): number {
  const longest = Math.max(toPixel.p95, ...rows.map(({ spread, fromMs }) => fromMs + spread.p95));
  return Math.max(1, Math.min(longest, toPixel.p50 * 3));
}

/** Solid until p50, pale until p95. */
function Bar({ fromMs, spread, endMs }: { fromMs: number; spread: Spread; endMs: number }) {
  const share = (ms: number): string => `${(100 * ms) / endMs}%`;
  const at = (ms: number, widthMs: number): CSSProperties => ({ left: share(ms), width: share(widthMs) });
  return (
    <div className="relative h-2.5 min-w-16 overflow-hidden" aria-hidden="true">
      <div
        className="absolute inset-y-[3px] rounded-r-xs bg-(--v) opacity-35"
        style={at(fromMs, spread.p95)}
      />
      <div className="absolute inset-y-0 min-w-0.5 rounded-xs bg-(--v)" style={at(fromMs, spread.p50)} />
    </div>
  );
}

function noteOf(turn: Turn, trace: TurnTrace | null): string {
  const waitedMs = turn.timings?.waitedMs ?? 0;
  const waited = waitedMs >= 100 ? `It waited ${seconds(waitedMs)} behind another turn first. ` : "";
  return waited + wayNote(turn, trace);
}

function wayNote(turn: Turn, trace: TurnTrace | null): string {
  if (trace?.way) {
    const shown = `${trace.shown.toLocaleString("en")} of ${plural(trace.frames, "frame")} of text`;
    return `Measured in this page, from ${shown}. Bars are solid until p50 and pale until p95.`;
  }
  if (turn.state === "running")
    return trace ? "Text has come, but none of it is painted yet." : "No text has come yet.";
  if (trace) return "Text came, but the preview was not seen painting any of it.";
  return "The way to the pixels is not known: it is measured while a turn is written, in a page that is open then.";
}
