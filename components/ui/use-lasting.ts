"use client";
import { useEffect, useState } from "react";

/** True once `holds` has held for so long without a break: what passes by itself is not worth a word. */
export function useLasting(holds: boolean, ms: number): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!holds) return;
    const timer = setTimeout(() => setLasted(true), ms);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [holds, ms]);
  return holds && hasLasted;
}
