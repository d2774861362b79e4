"use client";
/** The one import site of sonner. A toast is never the only place for something: it repeats what the page says and offers a way back. */
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Once in a page that has toasts; above the prompt, below dialogs. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      duration={8_000}
      visibleToasts={3}
      gap={8}
      offset={{ bottom: "5.5rem" }}
      mobileOffset={{ bottom: "6rem", left: "0.75rem", right: "0.75rem" }}
      containerAriaLabel="Notices"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-md bg-ink px-3.5 py-2 text-sm text-table shadow-float min-[600px]:w-(--width)",
          title: "font-medium",
          content: "min-w-0 flex-1",
          actionButton: "button button-small flex-none text-table ring-1 ring-line-strong",
        },
      }}
    />
  );
}
