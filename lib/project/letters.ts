/** The letter of a position on the table: 0 → "A", 1 → "B", … (at most 26 positions). */
export function letterOf(position: number): string {
  if (!Number.isInteger(position) || position < 0 || position > 25) {
    throw new RangeError(`position ${position} must be a whole number from 0 to 25`);
  }
  return String.fromCharCode(65 + position);
}
