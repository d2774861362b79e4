/** Packages that a person adds. */
import { expect, test } from "vitest";
import type { RoomClient } from "../../lib/client/room-client.ts";
import type { ProjectId, VariantId } from "../../lib/project/ids.ts";
import { APP, file, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

/** A variant whose page imports "swiper" and its style sheet. */
async function importing(): Promise<{ owner: RoomClient; variantId: VariantId; projectId: ProjectId }> {
  room.script = async function* () {
    yield file(APP, `import { Swiper } from "swiper/react";\nimport "swiper/css";\nexport default Swiper;\n`);
  };
  return room.createProject();
}

const packageJson = (client: RoomClient, variantId: VariantId) =>
  client.document(variantId)?.read("/package.json") ?? "";

test("[W10] a package that a file imports is added with its exact version in package.json, then everyone is told", async () => {
  const { owner, variantId, projectId } = await importing();
  const other = await room.enter({ projectId });
  const wishes: unknown[] = [];
  room.addPackage = async (wish) => {
    wishes.push(wish);
    return { ok: true, version: "11.2.0" };
  };
  const seen: string[] = [];
  other.subscribe(() => {
    if (other.getSnapshot().addedPackages > seen.length) seen.push(packageJson(other, variantId));
  });
  const answer = await owner.command("add-package", { variantId, specifier: "swiper/react" });
  expect(answer).toEqual({ ok: true, name: "swiper", version: "11.2.0" });
  expect(wishes).toEqual([{ name: "swiper", range: null, modules: ["swiper/css", "swiper/react"] }]);
  await expect.poll(() => seen.length).toBe(1);
  expect(seen[0]).toContain('"swiper": "11.2.0"');
  await owner.command("add-package", { variantId, specifier: "swiper" });
  expect(wishes.at(-1)).toMatchObject({ range: "11.2.0" });
  const late = await room.enter({ projectId });
  expect(packageJson(late, variantId)).toContain('"swiper": "11.2.0"');
});

test.each([
  ["left-pad", "package-not-imported"],
  ["../swiper", "package-name"],
  ["node:fs", "package-name"],
])("[W10] %s, which no file imports as a package, is not added", async (specifier, code) => {
  const { owner, variantId } = await importing();
  const wishes: unknown[] = [];
  room.addPackage = async (wish) => {
    wishes.push(wish);
    return { ok: true, version: "1.0.0" };
  };
  expect(await owner.command("add-package", { variantId, specifier })).toMatchObject({ ok: false, code });
  expect(wishes).toEqual([]);
});

test("[W11] a package that could not be added leaves the files as they are, and says why", async () => {
  const { owner, variantId } = await importing();
  const before = owner.document(variantId)?.files();
  room.addPackage = async () => ({ ok: false, code: "registry-unreachable", detail: "ECONNREFUSED" });
  const answer = await owner.command("add-package", { variantId, specifier: "swiper" });
  expect(answer).toEqual({ ok: false, code: "registry-unreachable", detail: "ECONNREFUSED" });
  const text = packageJson(owner, variantId);
  owner
    .document(variantId)
    ?.splice("/package.json", 0, text.length, "{ not json", { kind: "person", clientId: "test" });
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  room.addPackage = async () => ({ ok: true, version: "1.0.0" });
  expect(await owner.command("add-package", { variantId, specifier: "swiper" })).toMatchObject({
    code: "no-package-json",
  });
  expect(owner.document(variantId)?.files()).toEqual(new Map(before).set("/package.json", "{ not json"));
});
