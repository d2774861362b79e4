/** ⌘Z takes back what this page did, one prompt or text a step; the room is stood in for by what it would answer. */
import { expect, test } from "vitest";
import {
  mayRedo,
  mayUndo,
  noteSent,
  noteStep,
  noteTurns,
  redoOwn,
  undoOwn,
} from "../../components/commands/own-changes.ts";
import type { RoomClient } from "../../lib/client/room-client.ts";
import type { PromptId, TurnId } from "../../lib/project/ids.ts";

function room() {
  const turns: object[] = [];
  const undone: string[] = [];
  const client = {
    getSnapshot: () => ({ turns }),
    command: async (_name: string, { turnId, undoId }: { turnId: string; undoId: string }) => {
      undone.push(turnId);
      turns.push({ id: undoId, promptId: undoId, state: "done", commitId: undoId });
      return { ok: true };
    },
  } as unknown as RoomClient;
  const add = (promptId: string, letters: string, state = "done") => {
    for (const letter of letters)
      turns.push({ id: `${promptId}${letter}`, promptId, state, commitId: state === "done" ? "c" : null });
  };
  const send = (promptId: string, letters: string, state?: string) => {
    add(promptId, letters, state);
    noteSent(client, promptId as PromptId);
  };
  return { client, undone, add, send };
}

test("the last prompt of this page goes back in all its variants as one step, then the one before, and comes again", async () => {
  const { client, undone, add, send } = room();
  expect([mayUndo(client), mayRedo(client)]).toEqual([false, false]);
  send("one", "AB");
  send("two", "ABC");
  // Another person's prompt is not this page's to undo.
  add("theirs", "A");
  await undoOwn(client);
  expect(undone).toEqual(["twoA", "twoB", "twoC"]);
  await undoOwn(client);
  expect(undone.slice(3)).toEqual(["oneA", "oneB"]);
  expect([mayUndo(client), mayRedo(client)]).toEqual([false, true]);
  await redoOwn(client);
  // Redo takes the undoing back.
  expect(undone).toHaveLength(7);
  expect(undone.slice(5).some((id) => /^(one|two)/.test(id))).toBe(false);
  await undoOwn(client);
  expect(undone.slice(7)).toEqual(["oneA", "oneB"]);
  send("three", "A");
  expect(mayRedo(client)).toBe(false);
});

test("going back to a stored version is a step, too", async () => {
  const { client, undone, send } = room();
  send("one", "AB");
  noteTurns(client, () => ["restoredA", "restoredB"] as TurnId[]);
  await undoOwn(client);
  expect(undone).toEqual(["restoredA", "restoredB"]);
  await undoOwn(client);
  expect(undone.slice(2)).toEqual(["oneA", "oneB"]);
});

test("what is still written is not undone", async () => {
  const { client, undone, send } = room();
  send("one", "AB", "running");
  expect(mayUndo(client)).toBe(false);
  await undoOwn(client);
  expect(undone).toEqual([]);
});

test("a text that was edited in a preview and a prompt go back in the order of time", async () => {
  const { client, undone, send } = room();
  const did: string[] = [];
  const text = { undo: () => did.push("undo"), redo: () => did.push("redo") };
  noteStep(client, text);
  send("one", "A");
  noteStep(client, text);
  await undoOwn(client);
  expect([did.splice(0), undone.length]).toEqual([["undo"], 0]);
  await undoOwn(client);
  expect([did.splice(0), undone.splice(0)]).toEqual([[], ["oneA"]]);
  await undoOwn(client);
  expect([did.splice(0), mayUndo(client)]).toEqual([["undo"], false]);
  await redoOwn(client);
  await redoOwn(client);
  await redoOwn(client);
  expect([did, undone.length, mayRedo(client)]).toEqual([["redo", "redo"], 1, false]);
});
