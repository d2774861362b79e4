/**
 * What the parts of the page can do just now: a part that is there offers it, the table of commands runs it. So a command
 * needs no way through the components to the state that it changes, and one whose part is not there is not listed.
 */
import { useEffect, useRef } from "react";

type Act = (argument: string) => unknown;

const offers = new Map<string, Act[]>();

/** Offers what `act` does under a command's id, for as long as the component is there and `isPossible`. */
export function useOffer(id: string, act: Act, isPossible = true): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!isPossible) return;
    return offer(id, (argument) => latest.current(argument));
  }, [id, isPossible]);
}

/** The newest offer of an id counts. Returns the way to take it back. */
export function offer(id: string, act: Act): () => void {
  offers.set(id, [...(offers.get(id) ?? []), act]);
  return () => {
    offers.set(
      id,
      (offers.get(id) ?? []).filter((each) => each !== act),
    );
  };
}

export function isOffered(id: string): boolean {
  return (offers.get(id)?.length ?? 0) > 0;
}

export function runOffer(id: string, argument = ""): void {
  void offers.get(id)?.at(-1)?.(argument);
}
