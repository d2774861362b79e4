"use client";

type FrameStripProps = {
  words: string;
  action: string;
  /** Read out at once, with the letter first where the words do not begin with it. */
  isAlert?: boolean;
  letter?: string;
  /** What else can be done. */
  other?: { title: string; act(): void };
  onAct(): void;
};

/** What is to be said about a running page as such, and what can be done. */
export function FrameStrip({ words, action, isAlert = false, letter, other, onAct }: FrameStripProps) {
  return (
    <div className="strip" role={isAlert ? "alert" : undefined}>
      <span className="flex-1">
        {letter ? <span className="sr-only">{letter}: </span> : null}
        {words}
      </span>
      {other ? (
        <button type="button" className="button button-small" onClick={other.act}>
          {other.title}
        </button>
      ) : null}
      <button type="button" className="button button-small" onClick={onAct}>
        {action}
      </button>
    </div>
  );
}
