"use client";
import { useEffect, useState } from "react";
import type { LaneLimit } from "#lib/project/lane-view.ts";

/** What a provider said of its limits, each as a meter; unknown stays unknown. */
export function Meters({ limits, title }: { limits: LaneLimit[]; title: string }) {
  const now = useNow();
  if (limits.length === 0)
    return (
      <p className="mt-3 border-t border-line pt-2.5 text-xs text-ink-3">
        Limits: the provider has told none yet. Local servers have none.
      </p>
    );
  return (
    <ul className="mt-3 flex flex-col gap-2 border-t border-line pt-2.5" aria-label={`Limits of ${title}`}>
      {limits.map((meter) => (
        <li key={meter.family}>
          <MeterRow meter={meter} now={now} />
        </li>
      ))}
    </ul>
  );
}

function MeterRow({ meter, now }: { meter: LaneLimit; now: number }) {
  const { usedPercent, resetAt, source } = meter;
  const name = nameOf(meter);
  return (
    <div className="tnum grid grid-cols-[1fr_auto] items-baseline gap-x-3 gap-y-1 text-xs">
      <span>{name}</span>
      <span className="text-ink-2">
        {[usedWords(meter), resetWords(resetAt, now)].filter(Boolean).join(" · ")}
      </span>
      <MeterBar name={name} usedPercent={usedPercent} title={`Told by ${source}`} className="col-span-2" />
      <span className="col-span-2 text-2xs text-ink-3">{source}</span>
    </div>
  );
}

type MeterBarProps = { name: string; usedPercent: number | null; title?: string; className?: string };

/** How much of a limit is used; it turns red when hardly anything is left. */
export function MeterBar({ name, usedPercent, title, className = "" }: MeterBarProps) {
  const percent = Math.min(100, usedPercent ?? 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn alike in all browsers
    <div
      role="meter"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={usedPercent === null ? "not told" : `${usedPercent} % used`}
      title={title}
      className={`h-1.5 overflow-hidden rounded-full bg-raised ring-1 ring-line ring-inset ${className}`}
    >
      <div className={`h-full ${percent >= 90 ? "bg-bad" : "bg-ink-2"}`} style={{ width: `${percent}%` }} />
    </div>
  );
}

const WINDOWS: [ms: number, name: string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

/** "Requests a minute", "Tokens, codex-primary (5 h)". */
export function nameOf({ unit, windowMs, family }: LaneLimit): string {
  const what = unit === "requests" ? "Requests" : "Tokens";
  const known = WINDOWS.find(([ms]) => ms === windowMs)?.[1];
  if (known)
    return `${what} ${known === "hour" ? "an" : "a"} ${known}${family === unit ? "" : ` (${family})`}`;
  if (windowMs !== null) return `${what}, ${family} (${Math.round(windowMs / 3_600_000)} h)`;
  return family === unit ? what : `${what} (${family})`;
}

export function usedWords({ limit, remaining, usedPercent }: LaneLimit): string {
  const figure = (count: number) => count.toLocaleString("en");
  if (limit !== null && remaining !== null) return `${figure(limit - remaining)} of ${figure(limit)} used`;
  if (usedPercent !== null) return `${usedPercent} % used`;
  if (remaining !== null) return `${figure(remaining)} left`;
  return limit === null ? "not told" : `of ${figure(limit)}`;
}

/** "resets in 42 s", "resets in 3 h 5 min". */
export function resetWords(resetAt: number | null, now: number): string | null {
  if (resetAt === null || resetAt <= now) return null;
  const seconds = Math.ceil((resetAt - now) / 1_000);
  if (seconds < 120) return `resets in ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `resets in ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `resets in ${hours} h ${minutes % 60} min` : `resets in ${Math.round(hours / 24)} d`;
}

/** Ticks once a second; nothing of it is read out. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
