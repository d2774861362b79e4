/**
 * ⌘Z outside of text: takes back the last prompt that this page sent, in all its variants, as one step; ⌘⇧Z brings it again.
 * Only what was sent from here: nobody undoes another person's work by a key. Older turns and other pages' have their button.
 */
import { tell } from "#components/ui/toaster.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PromptId, TurnId } from "#lib/project/ids.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

type Own = {
  /** Prompts that are in effect, oldest first. */
  sent: PromptId[];
  /** What was taken back: the prompt, and the turns that did it. */
  undone: { promptId: PromptId; undoIds: TurnId[] }[];
};

const owns = new WeakMap<RoomClient, Own>();

export function noteSent(client: RoomClient, promptId: PromptId): void {
  const own = ownOf(client);
  own.sent.push(promptId);
  own.undone = [];
}

export function mayUndo(client: RoomClient): boolean {
  const promptId = ownOf(client).sent.at(-1);
  return promptId !== undefined && endedTurns(client, promptId).length > 0;
}

export function mayRedo(client: RoomClient): boolean {
  return ownOf(client).undone.length > 0;
}

export async function undoOwn(client: RoomClient): Promise<void> {
  const own = ownOf(client);
  const promptId = own.sent.at(-1);
  if (!promptId) return;
  const undoIds = await takeBack(client, endedTurns(client, promptId));
  if (undoIds.length === 0) return;
  own.sent.pop();
  own.undone.push({ promptId, undoIds });
}

export async function redoOwn(client: RoomClient): Promise<void> {
  const own = ownOf(client);
  const last = own.undone.at(-1);
  if (!last) return;
  if ((await takeBack(client, last.undoIds)).length === 0) return;
  own.undone.pop();
  own.sent.push(last.promptId);
}

/** The ids of the turns that took these back. */
async function takeBack(client: RoomClient, turnIds: TurnId[]): Promise<TurnId[]> {
  const answers = await Promise.all(
    turnIds.map(async (turnId) => {
      const undoId = newId<TurnId>();
      const answer = await client.command("undo", { turnId, undoId });
      if (!answer.ok) void tell(sentenceOf(answer.code, answer.detail));
      return answer.ok ? undoId : null;
    }),
  );
  return answers.filter((undoId) => undoId !== null);
}

/** None while one of them is still written. */
function endedTurns(client: RoomClient, promptId: PromptId): TurnId[] {
  const turns = client.getSnapshot().turns.filter((turn) => turn.promptId === promptId);
  if (turns.some(({ state }) => state === "running")) return [];
  return turns.filter(({ commitId }) => commitId !== null).map(({ id }) => id);
}

function ownOf(client: RoomClient): Own {
  const own = owns.get(client) ?? { sent: [], undone: [] };
  owns.set(client, own);
  return own;
}
