/** Going back to stored versions is a step forward, and one that ⌘Z takes back. */
import { noteTurns } from "#components/commands/own-changes.ts";
import { tell } from "#components/ui/toaster.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { CommitId, TurnId, VariantId } from "#lib/project/ids.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** In each variant a turn of its own; together one step of this page. */
export async function restore(
  client: RoomClient,
  places: readonly (readonly [VariantId, CommitId])[],
): Promise<void> {
  const answers = await Promise.all(
    places.map(async ([variantId, commitId]) => {
      const turnId = newId<TurnId>();
      return { turnId, answer: await client.command("restore", { variantId, commitId, turnId }) };
    }),
  );
  const refused = answers.find(({ answer }) => !answer.ok)?.answer;
  if (refused && !refused.ok) void tell(sentenceOf(refused.code, refused.detail));
  const done = answers.flatMap(({ turnId, answer }) => (answer.ok ? [turnId] : []));
  if (done.length > 0) noteTurns(client, () => done);
}
