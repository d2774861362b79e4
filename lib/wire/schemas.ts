/** One schema per command: strict, capped, total. What does not fit is refused before anyone reads it. */
import * as v from "valibot";
import { type Direction, readDirection } from "#lib/project/direction.ts";
import { ID_PATTERN } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import { pickedLimits } from "#lib/project/picked.ts";
import { reaches, variedParts } from "#lib/project/vary.ts";
import type { CommandName, Commands, Place } from "./events.ts";

const id = v.pipe(v.string(), v.regex(ID_PATTERN));
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((value) => value.byteLength <= limits.socketFrameBytes),
);
const count = v.pipe(v.array(id), v.minLength(1), v.maxLength(limits.variantsPerSet));

const turnIds = v.pipe(
  v.record(id, id),
  v.check((value) => Object.keys(value).length >= 1 && Object.keys(value).length <= limits.variantsPerSet),
);
const answerer = v.picklist(["fast", "deep", "designer"]);
const path = v.pipe(v.string(), v.maxLength(200));
const vary = v.strictObject({
  parts: v.pipe(v.array(v.picklist(variedParts)), v.maxLength(variedParts.length)),
  reach: v.picklist(reaches),
  locked: v.pipe(v.array(path), v.maxLength(limits.filesPerVariant)),
});
const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(limits.fileBytes));
const picked = v.pipe(
  v.strictObject({
    variantId: id,
    path,
    start: offset,
    end: offset,
    selector: v.pipe(v.string(), v.maxLength(pickedLimits.selectorChars)),
    text: v.pipe(v.string(), v.maxLength(pickedLimits.textChars)),
  }),
  v.check(({ start, end }) => start <= end),
);
/** Fields are cut to size by `readDirection`; here only their form counts. */
const line = v.pipe(v.string(), v.maxLength(1_000));
const direction = v.pipe(
  v.strictObject({
    name: line,
    idea: line,
    type: line,
    palette: line,
    layout: line,
    tone: line,
    sections: v.pipe(v.array(line), v.maxLength(40)),
  }),
  v.transform((value) => readDirection(value)),
  v.custom<Direction>((value) => value !== null),
);
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.nameChars));
const linkName = v.pipe(v.string(), v.trim(), v.maxLength(limits.nameChars));
const role = v.picklist(["view", "comment", "edit"]);
const password = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.sharePasswordChars));

const schemas = {
  join: v.strictObject({
    known: v.pipe(v.array(v.strictObject({ variantId: id, stateVector: bytes })), v.maxLength(200)),
  }),
  update: v.strictObject({ variantId: id, updateId: id, bytes }),
  prompt: v.strictObject({
    promptId: id,
    turnIds,
    lane: answerer,
    lanes: v.optional(v.record(id, answerer)),
    text: v.string(),
    whileWriting: v.optional(v.picklist(["queue", "steer", "now"])),
    vary: v.optional(vary),
    picked: v.optional(v.pipe(v.array(picked), v.maxLength(pickedLimits.elements))),
  }),
  estimate: v.strictObject({ variantIds: count, lane: answerer, text: v.string() }),
  "switch-lane": v.strictObject({ turnId: id, lane: answerer }),
  continue: v.strictObject({ turnId: id, nextId: id }),
  fix: v.strictObject({
    turnId: id,
    fixId: id,
    error: v.strictObject({
      title: v.string(),
      message: v.string(),
      path: v.string(),
      line: v.number(),
    }),
  }),
  plan: v.strictObject({
    promptId: id,
    turnIds,
    lane: answerer,
    text: v.string(),
    by: v.picklist(["deep", "designer"]),
    hold: v.boolean(),
  }),
  build: v.strictObject({ promptId: id }),
  direct: v.strictObject({ promptId: id, variantId: id, turnId: id, direction }),
  stop: v.strictObject({ turnId: id }),
  "name-me": v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)) }),
  fork: v.strictObject({ variantId: id, variantIds: count, commitId: v.optional(id) }),
  keep: v.strictObject({ variantId: id, kept: v.boolean() }),
  rename: v.strictObject({
    variantId: v.nullable(id),
    name,
  }),
  delete: v.strictObject({ variantId: id, deleted: v.boolean() }),
  reorder: v.strictObject({ variantIds: count }),
  network: v.strictObject({
    hosts: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(limits.networkHosts)),
  }),
  restore: v.strictObject({ variantId: id, commitId: id, turnId: id }),
  undo: v.strictObject({ turnId: id, undoId: id }),
  share: v.strictObject({
    shareId: id,
    token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/)),
    commitId: v.nullable(id),
    role,
    variantId: v.optional(id),
    setNumber: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    name: v.optional(linkName),
    expiresAt: v.optional(v.pipe(v.number(), v.finite())),
    password: v.optional(password),
  }),
  "change-share": v.strictObject({
    shareId: id,
    name: v.optional(linkName),
    role: v.optional(role),
    expiresAt: v.optional(v.nullable(v.pipe(v.number(), v.finite()))),
    password: v.optional(v.nullable(password)),
    indexed: v.optional(v.boolean()),
  }),
  "list-shares": v.strictObject({}),
  revoke: v.strictObject({ shareId: id }),
  comment: v.strictObject({
    commentId: id,
    variantId: id,
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.commentChars)),
  }),
  files: v.strictObject({ commitId: id }),
  checkpoint: v.strictObject({ checkpointId: id, variantId: id, commitId: v.nullable(id), name }),
  "change-checkpoint": v.strictObject({ checkpointId: id, name: v.nullable(name) }),
  clock: v.strictObject({}),
  warm: v.strictObject({ lane: v.picklist(["fast", "deep"]) }),
  "add-package": v.strictObject({ variantId: id, specifier: v.pipe(v.string(), v.maxLength(300)) }),
} satisfies Record<CommandName, v.GenericSchema>;

export const commandNames = Object.keys(schemas) as CommandName[];

/** The command's body, or null when it is malformed. Never throws. */
export function parseCommand<Name extends CommandName>(name: Name, body: unknown): Commands[Name] | null {
  // valibot takes an array for an object without fields.
  if (Array.isArray(body)) return null;
  const result = v.safeParse(schemas[name], body);
  // The schemas say the same as the types; ids are branded by the check of their pattern.
  return result.success ? (result.output as unknown as Commands[Name]) : null;
}

const anchor = v.nullable(v.pipe(v.string(), v.maxLength(200)));
const place = v.strictObject({
  variantId: v.nullable(id),
  path: v.nullable(v.pipe(v.string(), v.maxLength(300))),
  anchor,
  head: anchor,
});

/** Where a page says it is, or null. Never throws. */
export function parsePlace(body: unknown): Place | null {
  const result = v.safeParse(place, body);
  return result.success ? (result.output as Place) : null;
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
