/** Parts of a millisecond matter in the times of a frame. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
