/** Who may do what, what is refused, and that everyone is told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { ShareId, VariantId } from "../../lib/project/ids.ts";
import { PROTOCOL } from "../../lib/wire/events.ts";
import { id, prompt, textOf, type, useRoomServer } from "./room-server.ts";

const room = useRoomServer();

test("[W4] junk of any shape is refused, and the room goes on", async () => {
  const { owner, variantId } = await room.createProject();
  const junk = fc
    .sample(fc.anything({ maxDepth: 2 }), 60)
    .filter((body) => typeof body !== "function" && typeof body !== "symbol" && typeof body !== "bigint");
  for (const body of junk) {
    const answer = await owner.command("prompt", JSON.parse(JSON.stringify(body ?? null)) as never);
    expect(answer).toMatchObject({ ok: false });
  }
  expect(await prompt(owner, [variantId]).send()).toMatchObject({ ok: true });
});

test("[W6] a viewer sees everything live and can change nothing", async () => {
  const { owner, variantId } = await room.createProject();
  const shareId = id<ShareId>();
  const token = id();
  expect(await owner.command("share", { shareId, token, commitId: null, role: "view" })).toMatchObject({
    ok: true,
  });
  const viewer = await room.enter({ shareId, token });
  const before = textOf(owner, variantId);
  expect(viewer.getSnapshot().project?.id).toBeNull();
  expect(JSON.stringify(viewer.getSnapshot())).not.toContain(owner.getSnapshot().project?.id ?? "?");
  const bytes = owner.document(variantId)?.encodeState() ?? new Uint8Array();
  const refused = [
    await viewer.command("update", { variantId, updateId: id(), bytes }),
    await prompt(viewer, [variantId]).send(),
    await viewer.command("fork", { variantId, variantIds: [id<VariantId>()] }),
    await viewer.command("keep", { variantId, kept: true }),
    await viewer.command("rename", { variantId: null, name: "mine" }),
    await viewer.command("share", { shareId: id<ShareId>(), token: id(), commitId: null, role: "edit" }),
    await viewer.command("network", { hosts: ["fonts.example.com"] }),
    await viewer.command("revoke", { shareId }),
    await viewer.command("add-package", { variantId, specifier: "swiper" }),
  ];
  for (const answer of refused) expect(answer).toMatchObject({ ok: false, code: "read-only" });
  type(viewer, variantId, 0, "// forged\n");
  type(owner, variantId, 0, "// real\n");
  await expect.poll(() => textOf(viewer, variantId)).toContain("// real");
  expect(textOf(owner, variantId)).toBe(`// real\n${before}`);
});

test("a revoked link closes its sockets, and wrong tokens look like unknown links", async () => {
  const { owner } = await room.createProject();
  const shareId = id<ShareId>();
  const token = id();
  await owner.command("share", { shareId, token, commitId: null, role: "view" });
  const viewer = await room.enter({ shareId, token });
  expect(await owner.command("revoke", { shareId })).toMatchObject({ ok: true });
  await expect.poll(() => viewer.getSnapshot()).toMatchObject({ status: "ended", ended: "gone" });
  const stranger = connectRoom({
    url: room.url,
    credentials: { protocol: PROTOCOL, shareId: id<ShareId>(), token: id() },
  });
  room.clients.push(stranger);
  await expect.poll(() => stranger.getSnapshot().ended).toBe("unauthorized");
});

test("[W9] the allowed hosts are told to everyone, bad names are refused with a reason, and another list has another token", async () => {
  const { owner, projectId } = await room.createProject();
  const shareId = id<ShareId>();
  const token = id();
  await owner.command("share", { shareId, token, commitId: null, role: "view" });
  const viewer = await room.enter({ shareId, token });
  const networkOf = (client: RoomClient) => client.getSnapshot().project?.network;
  expect(networkOf(owner)).toBeNull();

  const bad = await owner.command("network", { hosts: ["fonts.example.com", "*.example.com"] });
  expect(bad).toMatchObject({ ok: false, code: "bad-host", detail: expect.stringMatching(/wildcard/) });
  expect((await room.storage.getProject(projectId))?.network).toBeNull();

  const hosts = ["https://Fonts.example.com/", "fonts.example.com", "cdn.example.com"];
  const first = await owner.command("network", { hosts });
  expect(first).toMatchObject({ ok: true, network: { hosts: ["fonts.example.com", "cdn.example.com"] } });
  const told = first.ok ? first.network : null;
  await expect.poll(() => networkOf(viewer)).toEqual(told);
  expect(networkOf(await room.enter({ shareId, token }))).toEqual(told);
  expect(await owner.command("network", { hosts })).toEqual(first);

  const second = await owner.command("network", { hosts: ["cdn.example.com"] });
  expect(second.ok && second.network?.token).not.toBe(told?.token);
  expect(await room.storage.networkHosts(told?.token ?? "")).toBeNull();
  await owner.command("rename", { variantId: null, name: "Renamed" });
  await expect
    .poll(() => viewer.getSnapshot().project)
    .toMatchObject({
      title: "Renamed",
      network: { hosts: ["cdn.example.com"] },
    });
  expect(await owner.command("network", { hosts: [] })).toEqual({ ok: true, network: null });
  await expect.poll(() => networkOf(viewer)).toBeNull();
});
