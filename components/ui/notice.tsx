"use client";
import { Logo } from "./logo.tsx";

type NoticeProps = { title: string; text: string; action?: { label: string; run: () => void } };

/** A page that has only one thing to say. */
export function Notice({ title, text, action }: NoticeProps) {
  return (
    <main className="mx-auto flex min-h-full max-w-md flex-col justify-center gap-4 p-6">
      <Logo />
      <h1 className="font-display text-4xl">{title}</h1>
      <p className="text-base text-ink-2">{text}</p>
      <p className="flex gap-2">
        {action ? (
          <button type="button" className="button button-solid" onClick={action.run}>
            {action.label}
          </button>
        ) : null}
        <a className="button button-line" href="/">
          Start page
        </a>
      </p>
    </main>
  );
}
