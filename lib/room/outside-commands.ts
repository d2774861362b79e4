/** What previews may reach and load from outside: allowed hosts, added packages. */
import { askedVersion, PACKAGE_JSON, withDependency } from "#lib/project/dependencies.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { checkHost } from "#lib/project/network.ts";
import { modulesImported, packageNameOf } from "#lib/project/package-names.ts";
import { type Handlers, refuse } from "./call.ts";
import type { Room } from "./room.ts";

export const outsideHandlers: Pick<Handlers, "network" | "add-package"> = {
  async network({ room }, { hosts }) {
    const checked = hosts.map(checkHost);
    const bad = checked.find((each) => !each.ok);
    if (bad) return refuse("bad-host", bad.problem);
    const names = [...new Set(checked.flatMap((each) => (each.ok ? each.host : [])))];
    const before = room.project.network;
    // Sent twice, it is the same list: previews need not load anew.
    if (names.join() === (before?.hosts.join() ?? "")) return { ok: true, network: before };
    const network = names.length > 0 ? { hosts: names, token: room.options.id() } : null;
    await room.options.storage.setNetwork(room.project.id, network);
    room.changeProject({ network });
    return { ok: true, network };
  },

  async "add-package"({ room, socket }, { variantId, specifier }) {
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const name = packageNameOf(specifier);
    if (name === null) return refuse("package-name", `“${specifier.slice(0, 80)}”`);
    const files = (await room.live(variantId)).document.files();
    const modules = modulesImported(files.values(), name);
    if (modules.length === 0) return refuse("package-not-imported", name);
    const packageJson = files.get(PACKAGE_JSON) ?? null;
    if (withDependency(packageJson, name, "0.0.0") === null) return refuse("no-package-json");
    const added = await room.options.packages.add({ name, range: askedVersion(packageJson, name), modules });
    if (!added.ok) return refuse(added.code, added.detail);
    await nameDependency(room, variantId, name, added.version, socket.data.access.guestId ?? "guest");
    room.emit("package-add", { name, version: added.version });
    return { ok: true, name, version: added.version };
  },
};

/** A person's edit, made here because the version is known here: read anew, since the file may have changed meanwhile. */
async function nameDependency(
  room: Room,
  variantId: VariantId,
  name: string,
  version: string,
  clientId: string,
): Promise<void> {
  const { document } = await room.live(variantId);
  const before = document.read(PACKAGE_JSON);
  const after = withDependency(before, name, version);
  if (after === null || after === before) return;
  document.create(PACKAGE_JSON, after, { kind: "person", clientId });
  room.documents.commitWhenQuiet(variantId);
}
