/** One schema per command: strict, capped, total. What does not fit is refused before anyone reads it. */
import * as v from "valibot";
import { ID_PATTERN } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { CommandName, Commands } from "./events.ts";

const id = v.pipe(v.string(), v.regex(ID_PATTERN));
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((value) => value.byteLength <= limits.socketFrameBytes),
);
const count = v.pipe(v.array(id), v.minLength(1), v.maxLength(limits.variantsPerSet));

const schemas = {
  join: v.strictObject({
    known: v.pipe(v.array(v.strictObject({ variantId: id, stateVector: bytes })), v.maxLength(200)),
  }),
  update: v.strictObject({ variantId: id, updateId: id, bytes }),
  prompt: v.strictObject({
    promptId: id,
    turnIds: v.pipe(
      v.record(id, id),
      v.check(
        (value) => Object.keys(value).length >= 1 && Object.keys(value).length <= limits.variantsPerSet,
      ),
    ),
    lane: v.picklist(["fast", "deep"]),
    text: v.string(),
  }),
  stop: v.strictObject({ turnId: id }),
  fork: v.strictObject({ variantId: id, variantIds: count }),
  keep: v.strictObject({ variantId: id, kept: v.boolean() }),
  rename: v.strictObject({
    variantId: v.nullable(id),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.nameChars)),
  }),
  network: v.strictObject({
    hosts: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(limits.networkHosts)),
  }),
  restore: v.strictObject({ variantId: id, commitId: id, turnId: id }),
  undo: v.strictObject({ turnId: id, undoId: id }),
  share: v.strictObject({
    shareId: id,
    token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/)),
    commitId: v.nullable(id),
    role: v.picklist(["view", "comment", "edit"]),
  }),
  "list-shares": v.strictObject({}),
  revoke: v.strictObject({ shareId: id }),
  files: v.strictObject({ commitId: id }),
  clock: v.strictObject({}),
  warm: v.strictObject({ lane: v.picklist(["fast", "deep"]) }),
  "add-package": v.strictObject({ variantId: id, specifier: v.pipe(v.string(), v.maxLength(300)) }),
} satisfies Record<CommandName, v.GenericSchema>;

export const commandNames = Object.keys(schemas) as CommandName[];

/** The command's body, or null when it is malformed. Never throws. */
export function parseCommand<Name extends CommandName>(name: Name, body: unknown): Commands[Name] | null {
  const result = v.safeParse(schemas[name], body);
  // The schemas say the same as the types; ids are branded by the check of their pattern.
  return result.success ? (result.output as unknown as Commands[Name]) : null;
}

const credentials = v.union([
  v.strictObject({
    protocol: v.number(),
    projectId: id,
    name: v.optional(v.string()),
    guestId: v.optional(id),
  }),
  v.strictObject({
    protocol: v.number(),
    shareId: id,
    token: v.optional(v.string()),
    name: v.optional(v.string()),
    guestId: v.optional(id),
  }),
]);

export type ParsedCredentials = v.InferOutput<typeof credentials>;

export function parseCredentials(body: unknown): ParsedCredentials | null {
  const result = v.safeParse(credentials, body);
  return result.success ? result.output : null;
}
