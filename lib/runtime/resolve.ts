/** What an import means inside the project: Vite's rules for paths, extensions and index files. */
const ENDINGS = [
  "",
  ".tsx",
  ".ts",
  ".jsx",
  ".js",
  ".css",
  ".json",
  ".svg",
  "/index.tsx",
  "/index.ts",
  "/index.jsx",
  "/index.js",
];

/** Path of the file that `specifier` names in `from`, null when there is none, "package" when it is no path. */
export function resolveImport(
  specifier: string,
  from: string,
  exists: (path: string) => boolean,
): { path: string } | "package" | null {
  const bare = specifier.replace(/\?(?:raw|url|inline)$/, "");
  const isPath = /^\.{0,2}\//.test(bare) || bare === "." || bare === "..";
  if (!isPath && !bare.startsWith("@/")) return "package";
  const absolute = bare.startsWith("@/")
    ? `/src/${bare.slice(2)}`
    : bare.startsWith("/")
      ? bare
      : `${from.slice(0, from.lastIndexOf("/"))}/${bare}`;
  const base = normalise(absolute);
  for (const ending of ENDINGS) if (exists(base + ending)) return { path: base + ending };
  // Files of /public are served at the root.
  return exists(`/public${base}`) ? { path: `/public${base}` } : null;
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
