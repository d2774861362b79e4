/** The newest set of a project as it lies on the table: each variant's name and files, in their order. */
import type { Files } from "#lib/project/files.ts";
import type { Room } from "./room.ts";

export async function tableOf(room: Room): Promise<{ name: string; files: Files }[]> {
  const onTable = room.variants.filter(({ deletedAt }) => deletedAt === null);
  const newest = Math.max(...onTable.map((variant) => variant.setNumber));
  const shown = onTable
    .filter((variant) => variant.setNumber === newest)
    .sort((one, other) => one.position - other.position);
  const lives = await Promise.all(shown.map(({ id }) => room.live(id)));
  return lives.map(({ document }, index) => ({ name: shown[index]?.name ?? "", files: document.files() }));
}
