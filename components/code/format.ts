/** Prettier in a worker that is started when somebody first asks for it. */
import type { FromFormat, ToFormat } from "#lib/language/types.ts";
import { toolUrls } from "./tools.ts";

export type Formatted = { ok: true; text: string } | { ok: false; message: string };

const waiting = new Map<number, (answer: Formatted) => void>();
const LONGEST_MS = 20_000;
let worker: Worker | null = null;
let lastId = 0;

export async function formatText(path: string, text: string): Promise<Formatted> {
  const urls = await toolUrls();
  if (!urls)
    return { ok: false, message: "The server does not answer, so nothing was formatted. Try again." };
  worker ??= open(urls.format);
  const id = ++lastId;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      close("Formatting took longer than 20 s and was given up.");
    }, LONGEST_MS);
    waiting.set(id, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    worker?.postMessage({ id, path, text } satisfies ToFormat);
  });
}

function open(url: string): Worker {
  const opened = new Worker(url, { name: "Prettier" });
  opened.onmessage = ({ data }: MessageEvent<FromFormat>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  opened.onerror = () => close("The formatter could not be loaded. Reload the page and try again.");
  return opened;
}

function close(message: string): void {
  worker?.terminate();
  worker = null;
  for (const resolve of waiting.values()) resolve({ ok: false, message });
  waiting.clear();
}
