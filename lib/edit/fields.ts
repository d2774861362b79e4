/** What models call the parts of an edit, in JSON keys, XML tags and attributes. */
export type Field =
  | "path"
  | "old"
  | "fresh"
  | "content"
  | "patch"
  | "edits"
  | "replace-all"
  | "line"
  | "command";

const NAMES: Record<Field, string> = {
  path: "path file filepath filename targetfile",
  old: "old oldstring oldstr oldtext oldcode search find",
  fresh: "new newstring newstr newtext newcode replace replacement replacewith",
  content: "content contents text code filetext",
  patch: "patch input diff",
  edits: "edits changes replacements",
  "replace-all": "replaceall",
  line: "line startline",
  command: "command",
};

const FIELDS = new Map(
  (Object.keys(NAMES) as Field[]).flatMap((field) =>
    NAMES[field].split(" ").map((name) => [name, field] as const),
  ),
);

export function fieldOf(name: string): Field | null {
  return FIELDS.get(name.replace(/[_-]/g, "").toLowerCase()) ?? null;
}
