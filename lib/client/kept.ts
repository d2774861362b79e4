/** What this browser remembers of many things of one kind, by id. Those that were not written for the longest time are forgotten. */
export type Kept<Value> = {
  /** Null: nothing is known, or what stands there cannot be read. */
  get(id: string): Value | null;
  set(id: string, value: Value): void;
};

type Shelf = Pick<Storage, "getItem" | "setItem">;

/** `parse` answers null to what is not a value of this kind: other versions of the page, and people, write there, too. */
export function createKept<Value>(
  place: string,
  parse: (stored: unknown) => Value | null,
  most: number,
  shelf: () => Shelf = () => localStorage,
): Kept<Value> {
  const read = (): [id: string, stored: unknown][] => {
    try {
      const list: unknown = JSON.parse(shelf().getItem(place) ?? "[]");
      return Array.isArray(list) ? list.filter(isEntry) : [];
    } catch {
      // Private mode, or what stands there is no JSON: nothing is known.
      return [];
    }
  };
  return {
    get(id) {
      const found = read().find(([each]) => each === id);
      return found ? parse(found[1]) : null;
    },
    set(id, value) {
      // Read anew: another tab may have written meanwhile.
      const others = read().filter(([each]) => each !== id);
      try {
        shelf().setItem(place, JSON.stringify([[id, value], ...others].slice(0, most)));
      } catch {
        // Private mode, or the browser's room is used up: it holds for this page.
      }
    },
  };
}

function isEntry(entry: unknown): entry is [string, unknown] {
  return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string";
}
