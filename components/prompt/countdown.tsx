"use client";
import { useEffect, useState } from "react";

/** Ticks once a second; it is not read out. */
export function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="tnum">{Math.max(1, Math.ceil((until - now) / 1_000))} s</span>;
}
