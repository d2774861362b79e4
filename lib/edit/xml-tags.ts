/** The tags that mean an edit, and what they hold. */
import { type Field, fieldOf } from "./fields.ts";

export type Tag = {
  name: string;
  closes: boolean;
  /** `<tag … />` */
  isEmpty: boolean;
  path: string | null;
  line: number | null;
  from: string | null;
  to: string | null;
  /** The `name` of a `<parameter name="…">`. */
  parameter: string | null;
  /** Its content is SEARCH/REPLACE, not a file. */
  holdsPatch: boolean;
  type: string | null;
};

/** `group` holds edits, `edit` holds the fields of one, `file` holds the text of a file. */
export type Role = "group" | "edit" | "file" | "delete" | "rename" | "ignored" | Field;

const ROLES: Record<string, Role> = {
  boltartifact: "group",
  artifact: "group",
  antartifact: "group",
  edits: "group",
  functioncalls: "group",
  toolcalls: "group",
  edit: "edit",
  editfile: "edit",
  searchreplace: "edit",
  strreplace: "edit",
  strreplaceeditor: "edit",
  replaceinfile: "edit",
  writetofile: "edit",
  writefile: "edit",
  createfile: "edit",
  applydiff: "edit",
  applypatch: "edit",
  invoke: "edit",
  boltaction: "file",
  dyadwrite: "file",
  dyadsearchreplace: "file",
  lovwrite: "file",
  write: "file",
  file: "file",
  dyaddelete: "delete",
  lovdelete: "delete",
  deletefile: "delete",
  dyadrename: "rename",
  lovrename: "rename",
};

/** The beginning of `text` as a tag; null when it is none. */
export function readTag(text: string): Tag | null {
  const match = /^<(\/?)([A-Za-z][\w-]*)((?:\s[^<>]*)?)>/.exec(text.length > 600 ? text.slice(0, 600) : text);
  if (!match) return null;
  const inner = match[3] ?? "";
  const attributes = attributesOf(inner);
  const name = match[2] ?? "";
  const line = attributes.get("line") ?? attributes.get("start_line");
  return {
    name,
    closes: match[1] === "/",
    isEmpty: inner.trimEnd().endsWith("/"),
    path: find(attributes, (key) => fieldOf(key) === "path"),
    line: line !== undefined && /^\d+$/.test(line) ? Number(line) : null,
    from: attributes.get("from") ?? attributes.get("original_file_path") ?? null,
    to: attributes.get("to") ?? attributes.get("new_file_path") ?? null,
    parameter: attributes.get("name") ?? null,
    holdsPatch: /search-?_?replace/i.test(name),
    type: attributes.get("type") ?? null,
  };
}

/** `inside`: fields stand in another tag; alone only the first of a pair means something. */
export function roleOf(tag: Tag, inside: boolean): Role | null {
  const name = tag.name.replace(/[_-]/g, "").toLowerCase();
  if (name === "parameter") return tag.parameter === null ? null : fieldOf(tag.parameter);
  const role = ROLES[name];
  if (role === undefined)
    return inside || /^old_?(?:text|str|string|code)$/i.test(tag.name) ? fieldOf(tag.name) : fresh(tag);
  if (name === "boltaction" && tag.type !== "file") return "ignored";
  // These are words of HTML and prose too: they need a path to mean a file.
  if (role === "file" && tag.path === null) return null;
  if (role === "edit" && name === "searchreplace" && tag.path !== null && !inside) return "file";
  return role;
}

function fresh(tag: Tag): Role | null {
  return /^new_?(?:text|str|string|code)$/i.test(tag.name) ? "fresh" : null;
}

function attributesOf(text: string): Map<string, string> {
  const found = text.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/>]+))/g);
  return new Map(
    [...found].map(([, key = "", double, single, bare]) => [key, double ?? single ?? bare ?? ""]),
  );
}

function find(attributes: Map<string, string>, fits: (key: string) => boolean): string | null {
  for (const [key, value] of attributes) if (fits(key)) return value;
  return null;
}
