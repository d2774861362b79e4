"use client";
import { useRef, useSyncExternalStore } from "react";

type Readable<State> = { get(): State; subscribe(listener: () => void): () => void };

/** Reads a part of a store; renders again only when that part is another value (or another list with other items). */
export function useStore<State, Part>(store: Readable<State>, select: (state: State) => Part): Part {
  const last = useRef<{ part: Part } | null>(null);
  const read = () => {
    const part = select(store.get());
    if (last.current && isSame(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(store.subscribe, read, read);
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, index) => Object.is(item, other[index]));
}
