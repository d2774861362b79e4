"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LookBack } from "./use-look-back.ts";

/** Long enough to see what a turn has changed. */
const STEP_MS = 1_200;

export type Playback = { isPlaying: boolean; toggle(): void };

/** Plays the turns like a film: from what is looked at, or from the start, to now. Looking elsewhere by hand stops it. */
export function usePlayback(lookBack: LookBack): Playback {
  const [isPlaying, setPlaying] = useState(false);
  const latest = useRef(lookBack);
  latest.current = lookBack;
  /** The key of what playing has shown last. */
  const played = useRef<string | null>(null);

  const show = useCallback((index: number) => {
    const moment = latest.current.moments[index] ?? null;
    played.current = moment?.key ?? null;
    latest.current.look(moment);
    if (!moment) setPlaying(false);
  }, []);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => {
      const { at, moments } = latest.current;
      if ((at?.key ?? null) !== played.current) return setPlaying(false);
      show(moments.findIndex(({ key }) => key === at?.key) + 1);
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [isPlaying, show]);

  const toggle = useCallback(() => {
    if (isPlaying) return setPlaying(false);
    const { at, moments, prepare } = latest.current;
    prepare();
    show(at ? moments.findIndex(({ key }) => key === at.key) : 0);
    setPlaying(true);
  }, [isPlaying, show]);
  return { isPlaying, toggle };
}
