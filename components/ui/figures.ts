/** Figures as people read them; used with tabular numerals. */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

/** "0.4 ms", "18 ms", "1.2 s"; what is there but too small to tell is said so. */
export function milliseconds(ms: number): string {
  if (ms >= 1_000) return seconds(ms);
  if (ms >= 9.95) return `${Math.round(ms)} ms`;
  return ms > 0 && ms < 0.05 ? "<0.1 ms" : `${ms.toFixed(1)} ms`;
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/** "just now", "12 min", "3 h", "2 d". */
export function age(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1_440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}

export function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}
