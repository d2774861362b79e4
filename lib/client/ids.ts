import { nanoid } from "nanoid";

/** A new id of 24 characters (144 bits): enough for a token too. */
export function newId<Id extends string = string>(): Id {
  return nanoid(24) as Id;
}

/** The same for every tab of this browser; a new one each time where storage is refused. */
export function guestId(): string {
  try {
    const known = localStorage.getItem("triptych:guest");
    const id = known ?? newId();
    if (!known) localStorage.setItem("triptych:guest", id);
    return id;
  } catch {
    // Private mode: this tab is a guest of its own.
    return newId();
  }
}

/** What this person calls herself; null until she has said it. */
export function guestName(): string | null {
  try {
    return localStorage.getItem("triptych:name");
  } catch {
    return null;
  }
}

export function keepGuestName(name: string): void {
  try {
    localStorage.setItem("triptych:name", name);
  } catch {
    // Private mode: the name holds for this page.
  }
}
