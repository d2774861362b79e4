"use client";

/** Before it is known what lies on the table. */
export function WaitingTable({ title }: { title: string }) {
  return (
    <div className="flex h-dvh flex-col">
      <p className="flex h-11 items-center px-4 text-sm font-medium">{title}</p>
      <div className="grid flex-1 grid-cols-1 gap-3 p-3 pb-32 min-[800px]:grid-cols-3" aria-hidden="true">
        {["a", "b", "c"].map((letter) => (
          <div
            key={letter}
            data-v={letter}
            className="rounded-md border-t-2 bg-sheet shadow-sheet max-[799px]:[&:not(:first-child)]:hidden"
            style={{ borderTopColor: "var(--v)" }}
          />
        ))}
      </div>
    </div>
  );
}
