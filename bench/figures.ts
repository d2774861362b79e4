/** What every bench returns, and the few sums they share. */
export type Row = { what: string; figure: number; unit: string };

/** `share` from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function percent(part: number, whole: number): number {
  return round((100 * part) / whole);
}

export function round(figure: number, digits = 1): number {
  return Math.round(figure * 10 ** digits) / 10 ** digits;
}
