/** Prettier in a worker: a large file takes longer than a frame. */
import { formatText } from "./format-text.ts";
import type { FromFormat, ToFormat } from "./types.ts";

addEventListener("message", async ({ data: { id, path, text } }: MessageEvent<ToFormat>) => {
  postMessage({ id, ...(await formatText(path, text)) } satisfies FromFormat);
});
