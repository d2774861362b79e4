"use client";
/** Short words about what was just done, with a way back. The only place that knows `sonner`; it loads after the page. */
import dynamic from "next/dynamic";

const Sonner = dynamic(async () => (await import("sonner")).Toaster, { ssr: false });

const UNDO_MS = 10_000;

/** Stands once in a page; whatever is said with `tell` is shown there, and read out politely. */
export function Toaster() {
  return (
    <Sonner
      // Above the prompt: over the pages, where no control lies.
      position="bottom-center"
      style={{ fontFamily: "var(--font-sans)" }}
      offset={{ bottom: "8.5rem" }}
      mobileOffset={{ bottom: "10rem" }}
      containerAriaLabel="Notes"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-center gap-3 rounded-md bg-ink px-4 py-2.5 text-sm text-table shadow-float",
          content: "min-w-0 flex-1",
          actionButton: "button button-small !bg-table !text-ink flex-none",
        },
      }}
    />
  );
}

/** Says what was done. `back` takes it back; it is never the only way to do that. */
export async function tell(words: string, back?: { title: string; run(): unknown }): Promise<void> {
  const { toast } = await import("sonner");
  toast(words, {
    duration: UNDO_MS,
    ...(back ? { action: { label: back.title, onClick: () => void back.run() } } : {}),
  });
}
