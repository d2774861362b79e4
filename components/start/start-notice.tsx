"use client";
import { useEffect, useState } from "react";
import { useHealth } from "#lib/client/query.ts";

/** One line under the header when something is wrong, with what still works; else nothing. */
export function StartNotice() {
  const health = useHealth();
  const isOnline = useOnline();
  const words = health.isError
    ? "The server does not answer, or cannot reach its database. What you type stays here; this page looks again every few seconds."
    : health.data?.writable === false
      ? "The disk of the server is full: earlier projects can be opened, but nothing new can be stored. Make room, and this line goes away."
      : !isOnline && health.data && !health.data.lanes.fast.builtIn
        ? "This computer is offline: your model may not answer. Templates and the built-in designer still work."
        : null;
  if (!words) return null;
  return (
    <p
      role="status"
      className="flex-none border-y border-line bg-raised px-4 py-2 text-center text-sm text-warn"
    >
      {words}
    </p>
  );
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
