/** FNV-1a, 32 bits, over UTF-16 units (Fowler, Noll, Vo): for names, colours and seeds that must be the same everywhere; not for secrets. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
