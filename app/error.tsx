"use client";
import { Notice } from "#components/ui/notice.tsx";

export default function Failed({ reset }: { error: Error; reset: () => void }) {
  return (
    <Notice
      title="This page broke"
      text="Your work is stored on the server. Try again, or reload the page."
      action={{ label: "Try again", run: reset }}
    />
  );
}
