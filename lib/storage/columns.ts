/** Column types that behave the same on PGlite and on Postgres, and that take any JavaScript value of their type. */
import { customType, doublePrecision } from "drizzle-orm/pg-core";

/** Raw bytes. A Buffer view, because postgres.js binds Buffers and PGlite takes any Uint8Array: nothing is copied. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (data) => Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  // A plain Uint8Array, so that callers see one class whichever driver read it.
  fromDriver: (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
});

/** Text for people. Postgres refuses U+0000, and a model may send it: it is stored as U+FFFD. */
export const words = customType<{ data: string; driverData: string }>({
  dataType: () => "text",
  toDriver: storable,
});

/** Plain data as jsonb; its strings are kept as `words` are. */
export function json<Data>(name: string) {
  return customType<{ data: Data; driverData: string }>({
    dataType: () => "jsonb",
    toDriver: (data) =>
      JSON.stringify(data, (_key, value) => (typeof value === "string" ? storable(value) : value)),
    // postgres.js hands the text over, PGlite the parsed value.
    fromDriver: (data) => (typeof data === "string" ? JSON.parse(data) : data),
  })(name);
}

/** Epoch milliseconds: a double is exactly the number that JavaScript holds, fractions included. */
export const time = doublePrecision;

function storable(text: string): string {
  // jsonb also refuses an escaped lone surrogate; `toWellFormed` is not in the ES2023 types.
  return text.replaceAll("\0", "\ufffd").replace(/\p{Surrogate}/gu, "\ufffd");
}
