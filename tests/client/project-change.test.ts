import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { type ProjectList, projectChange } from "#lib/client/project-change.ts";
import type { ProjectId } from "#lib/project/ids.ts";

const id = "p1" as ProjectId;

/** A server that answers when the test says so, and a browser's list over it. */
async function start() {
  const stored = { title: "Shop", isDeleted: false };
  const said: string[] = [];
  const doors: (() => void)[] = [];
  const answer = (name: string, act: () => void) => async () => {
    said.push(name);
    await new Promise<void>((open) => doors.push(open));
    act();
  };
  const listed = () => {
    const project = { id, title: stored.title, turns: 1, createdAt: 0, updatedAt: 0, variants: [] };
    return stored.isDeleted ? { projects: [], deleted: [project] } : { projects: [project], deleted: [] };
  };
  const client = new QueryClient();
  let reads = 0;
  const list = new QueryObserver<ProjectList>(client, {
    queryKey: ["projects"],
    queryFn: () => {
      reads += 1;
      return listed() as ProjectList;
    },
  });
  const stop = list.subscribe(() => {});
  await expect.poll(() => list.getCurrentResult().data?.projects.length).toBe(1);
  const rename = projectChange(
    client,
    answer("rename", () => {
      stored.title = "Umbel";
    }),
    (now) => ({ ...now, projects: now.projects.map((each) => ({ ...each, title: "Umbel" })) }),
  );
  const remove = projectChange(
    client,
    answer("remove", () => {
      stored.isDeleted = true;
    }),
    (now) => ({ projects: [], deleted: now.projects }),
  );
  return {
    stored,
    said,
    doors,
    titles: () => list.getCurrentResult().data?.projects.map(({ title }) => title),
    reads: () => reads,
    rename: new MutationObserver(client, rename),
    remove: new MutationObserver(client, remove),
    stop,
  };
}

test("a change is seen before the server has it, and the next one is sent when the first has been answered", async () => {
  const { said, doors, titles, rename, remove, stop } = await start();
  const first = rename.mutate(undefined as never);
  await expect.poll(titles).toEqual(["Umbel"]);
  const second = remove.mutate(undefined as never);
  await expect.poll(titles).toEqual([]);
  expect(said).toEqual(["rename"]);
  doors[0]?.();
  await first;
  await expect.poll(() => said).toEqual(["rename", "remove"]);
  doors[1]?.();
  await second;
  stop();
});

test("what a waiting change took away does not come back in between; the list is read once, after the last", async () => {
  const { doors, titles, rename, remove, reads, stop, stored } = await start();
  const seen: (string[] | undefined)[] = [];
  const first = rename.mutate(undefined as never);
  const second = remove.mutate(undefined as never);
  await expect.poll(() => doors.length).toBe(1);
  doors[0]?.();
  await first;
  seen.push(titles());
  await expect.poll(() => doors.length).toBe(2);
  seen.push(titles());
  expect(reads()).toBe(1);
  doors[1]?.();
  await second;
  await expect.poll(reads).toBe(2);
  expect(seen).toEqual([[], []]);
  expect(titles()).toEqual([]);
  expect(stored).toEqual({ title: "Umbel", isDeleted: true });
  stop();
});
