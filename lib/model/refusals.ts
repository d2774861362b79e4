/** Did the refusal name a field that can be left out? Each is left out once and for all. */
export function learn(detail: string, optional: readonly string[], refused: Set<string>): boolean {
  const named = optional.find((field) => !refused.has(field) && detail.includes(field));
  if (named === undefined) return false;
  refused.add(named);
  return true;
}
