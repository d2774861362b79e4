import * as Y from "yjs";

/** Does the first state vector hold anything that the second lacks? */
export function isAhead(vector: Uint8Array, other: Uint8Array): boolean {
  const known = Y.decodeStateVector(other);
  return [...Y.decodeStateVector(vector)].some(([client, clock]) => clock > (known.get(client) ?? 0));
}
