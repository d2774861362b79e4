"use client";

type FrameStripProps = { words: string; action: string; isAlert?: boolean; onAct(): void };

/** What is to be said about a running page as such, and what can be done. */
export function FrameStrip({ words, action, isAlert = false, onAct }: FrameStripProps) {
  return (
    <div className="strip" role={isAlert ? "alert" : "status"}>
      <span className="flex-1">{words}</span>
      <button type="button" className="button button-small" onClick={onAct}>
        {action}
      </button>
    </div>
  );
}
