"use client";

/** A picture of the project, as it is: its file holds the data URL. */
export function PictureView({ path, text }: { path: string; text: string }) {
  return (
    <figure className="flex h-full flex-col items-center justify-center gap-3 overflow-auto p-6">
      <img
        src={text}
        alt={path}
        className="max-h-[70%] max-w-full rounded-xs bg-raised object-contain shadow-[0_0_0_1px_var(--line)]"
      />
      <figcaption className="tnum text-xs text-ink-3">
        {Math.max(1, Math.round((text.length * 3) / 4 / 1024))} KB
      </figcaption>
    </figure>
  );
}
