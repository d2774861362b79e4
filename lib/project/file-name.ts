/** What a person may call a file of a project: a path below "/", of a kind that pages are made of. */

export const CODE_KINDS = [
  "tsx",
  "ts",
  "jsx",
  "js",
  "mjs",
  "css",
  "json",
  "html",
  "svg",
  "md",
  "txt",
] as const;
/** Kept as the data URL that an import of them gives. */
export const PICTURE_KINDS = ["png", "jpg", "jpeg", "gif", "webp", "avif", "ico"] as const;

export type FileNameResult = { ok: true; path: string } | { ok: false; message: string };

const LONGEST_CHARS = 200;
const KINDS: readonly string[] = [...CODE_KINDS, ...PICTURE_KINDS];
const MADE_BY_TOOLS = /^\/(?:node_modules|dist|\.next|\.git)\//;
const NOT_IN_NAMES = /[\\<>:"'`|?*#%]|\p{Cc}/u;
/** Names that mean something to an object. */
const STRANGE = /^(?:\.+|~|__proto__|constructor|prototype)$/;

/** The path that is meant, or a sentence with what was seen, what is allowed, and what to do. `taken`: paths that exist. */
export function checkFileName(raw: string, taken: Iterable<string> = []): FileNameResult {
  const typed = raw.trim().replace(/^\.\//, "");
  const path = typed.startsWith("/") ? typed : `/${typed}`;
  const reason = wrongWith(typed, path) ?? clashWith(path, [...taken]);
  return reason === null ? { ok: true, path } : { ok: false, message: reason };
}

export function kindOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
}

export function isPicture(path: string): boolean {
  return (PICTURE_KINDS as readonly string[]).includes(kindOf(path));
}

function wrongWith(typed: string, path: string): string | null {
  if (typed === "" || typed === "/") return "A file needs a name, like /src/components/Card.tsx.";
  if (path.length > LONGEST_CHARS)
    return `This name has ${path.length} characters; up to ${LONGEST_CHARS} are possible. Shorten it.`;
  const parts = path.slice(1).split("/");
  if (parts.includes("..")) return `“${typed}” leaves the project with “..”. Write the path from “/” on.`;
  const forbidden = NOT_IN_NAMES.exec(path)?.[0];
  if (forbidden)
    return `“${forbidden}” cannot stand in a file's name. Use letters, digits, “-”, “_” and “.”.`;
  if (path.endsWith("/"))
    return `“${typed}” names a folder. Add the file's name; folders come with their files.`;
  const strange = parts.find((part) => part === "" || STRANGE.test(part) || part.trim() !== part);
  if (strange !== undefined) return `“${typed}” has an empty or strange part (“${strange}”). Take it out.`;
  if (MADE_BY_TOOLS.test(path)) return `${path} belongs to tools that make it anew. Put the file below /src.`;
  const kind = kindOf(path);
  if (KINDS.includes(kind)) return null;
  const seen = kind === "" ? `${path} has no ending` : `“.${kind}” files are not part of a page`;
  return `${seen}; possible are ${KINDS.map((each) => `.${each}`).join(", ")}.`;
}

/** Two names that differ in case only are one file on many machines. */
function clashWith(path: string, taken: readonly string[]): string | null {
  const same = taken.find((each) => each.toLowerCase() === path.toLowerCase());
  if (same) return `There is ${same} already. Choose another name, or open that one.`;
  const folder = taken.find((each) => path.startsWith(`${each}/`));
  if (folder) return `${folder} is a file, so nothing can lie in it. Choose another folder.`;
  if (taken.some((each) => each.startsWith(`${path}/`)))
    return `${path} is a folder already. Choose another name.`;
  return null;
}
