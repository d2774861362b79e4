/** npm's names, what a source imports of a package, and the address of the script that brings it into a preview. */

/** npm's rule for new names: lower case, at most 214 characters, no dot or underscore in front; no hyphen either: a flag has one. */
const NAME = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
const SUBPATH = /^(?:\/[\w@~-][\w@.~-]*)*$/;
const EXACT = /^\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?$/;
const TAG = /^[A-Za-z][A-Za-z0-9-]*$/;
const RANGE = /^[\d^~<>=vxX*][\dA-Za-z.^~<>=|*+ -]*$/;
const IMPORT = /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1/g;

export function isPackageName(name: string): boolean {
  return name.length <= 214 && NAME.test(name) && name !== "node_modules" && name !== "favicon.ico";
}

export function isExactVersion(version: string): boolean {
  return version.length <= 100 && EXACT.test(version);
}

/**
 * A version, a range or a tag of the registry. Everything else that npm would take for one (an address, a repository, a folder,
 * an archive, another package) makes the server read from where a page's author says, and is none.
 */
export function isRegistryRange(range: string): boolean {
  if (range.length > 100 || /\.(?:tgz|tar|tar\.gz)$/i.test(range)) return false;
  return TAG.test(range) || RANGE.test(range);
}

/** "swiper/react" → "swiper"; null for what no package can be: paths, addresses, modules of Node, foreign characters. */
export function packageNameOf(specifier: string): string | null {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? "";
  const isPackage = isPackageName(name) && SUBPATH.test(specifier.slice(name.length));
  return isPackage && specifier.length <= 300 ? name : null;
}

/** What the sources import of a package: its root, its parts, its style sheets. Sorted. */
export function modulesImported(sources: Iterable<string>, name: string): string[] {
  const found = new Set<string>();
  for (const source of sources) {
    if (!source.includes(name)) continue;
    for (const [, , specifier = ""] of source.matchAll(IMPORT))
      if (packageNameOf(specifier) === name) found.add(specifier);
  }
  return [...found].sort();
}

export type PackageScript = { name: string; version: string; modules: string[] };

const FOLDER = "/packages/";

/** One address per package, version and set of modules: what is behind it never changes. */
export function packageAddress({ name, version, modules }: PackageScript): string {
  return `${FOLDER}${name}@${version}/${modules.map(encodeURIComponent).join(",")}.js`;
}

/** Null for any address that `packageAddress` does not make. */
export function parsePackageAddress(path: string): PackageScript | null {
  const match = /^\/packages\/((?:@[^/@]+\/)?[^/@]+)@([^/]+)\/([^/]+)\.js$/.exec(path);
  if (!match) return null;
  const [, name = "", version = "", list = ""] = match;
  const modules = list.split(",").map(decode);
  const isWhole = isPackageName(name) && isExactVersion(version);
  return isWhole && modules.every((module) => packageNameOf(module) === name)
    ? { name, version, modules }
    : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
