"use client";
/** The JSON endpoints, asked from a page. Refusals are values with a sentence, not exceptions. */
import type { ProjectId } from "#lib/project/ids.ts";

export type Refusal = { ok: false; code: string; message: string };

const OFFLINE: Refusal = {
  ok: false,
  code: "offline",
  message: "The server cannot be reached. Is it running? Your text is still here.",
};

export async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answer;
}

export async function write<Answer extends object = object>(
  method: string,
  path: string,
  body: object,
): Promise<(Answer & { ok?: true }) | Refusal> {
  try {
    const response = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer | Refusal;
  } catch {
    // No answer, or one that is no JSON: the server is away.
    return OFFLINE;
  }
}

/** A project of one's own from what a link shows. */
export function remix(shareId: string) {
  return write<{ projectId: ProjectId }>("POST", `/api/shares/${shareId}/remix`, {});
}
