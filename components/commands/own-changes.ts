/**
 * ⌘Z outside of text: takes back the last change that this page made, in time order; ⌘⇧Z brings it again. A prompt goes back in
 * all its variants as one step, a text that was edited in a preview is one step, too. Only what was made from here: nobody undoes
 * another person's work by a key. Older turns and other pages' have their button.
 */
import { tell } from "#components/ui/toaster.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PromptId, TurnId } from "#lib/project/ids.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** Each resolves with whether it was done. */
type Change = {
  mayUndo(): boolean;
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
};

/** A person's steps in one document, as Yjs keeps them. */
type Steps = { undo(): unknown; redo(): unknown };

type Own = {
  /** In effect, oldest first. */
  made: Change[];
  undone: Change[];
};

const owns = new WeakMap<RoomClient, Own>();

export function noteSent(client: RoomClient, promptId: PromptId): void {
  noteTurns(client, () => endedTurns(client, promptId));
}

/** `turns`: those to take back, none while that cannot be done. */
export function noteTurns(client: RoomClient, turns: () => TurnId[]): void {
  let undoIds: TurnId[] = [];
  note(client, {
    mayUndo: () => turns().length > 0,
    async undo() {
      undoIds = await takeBack(client, turns());
      return undoIds.length > 0;
    },
    redo: async () => (await takeBack(client, undoIds)).length > 0,
  });
}

/** A step was added to those of a document. Where others have written over it nothing is left to do, and it is done. */
export function noteStep(client: RoomClient, steps: Steps): void {
  const done = (act: () => unknown) => async () => {
    act();
    return true;
  };
  note(client, { mayUndo: () => true, undo: done(() => steps.undo()), redo: done(() => steps.redo()) });
}

/** What `work` changes in several documents goes back as one. Returns the way to take it back while it is the last. */
export function asOneStep(client: RoomClient, work: () => void): () => Promise<void> {
  const { made } = ownOf(client);
  const before = made.length;
  work();
  const parts = made.splice(before);
  const all = (act: "undo" | "redo") => async () =>
    (await Promise.all(parts.map((part) => part[act]()))).includes(true);
  const whole = { mayUndo: () => true, undo: all("undo"), redo: all("redo") };
  if (parts.length > 0) made.push(whole);
  return async () => {
    if (made.at(-1) === whole) await undoOwn(client);
  };
}

export function mayUndo(client: RoomClient): boolean {
  return ownOf(client).made.at(-1)?.mayUndo() ?? false;
}

export function mayRedo(client: RoomClient): boolean {
  return ownOf(client).undone.length > 0;
}

export async function undoOwn(client: RoomClient): Promise<void> {
  const { made, undone } = ownOf(client);
  const last = made.at(-1);
  if (!last?.mayUndo() || !(await last.undo())) return;
  made.splice(made.lastIndexOf(last), 1);
  undone.push(last);
}

export async function redoOwn(client: RoomClient): Promise<void> {
  const { made, undone } = ownOf(client);
  const last = undone.at(-1);
  if (!last || !(await last.redo())) return;
  undone.splice(undone.lastIndexOf(last), 1);
  made.push(last);
}

function note(client: RoomClient, change: Change): void {
  const own = ownOf(client);
  own.made.push(change);
  own.undone.length = 0;
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
  const own = owns.get(client) ?? { made: [], undone: [] };
  owns.set(client, own);
  return own;
}
