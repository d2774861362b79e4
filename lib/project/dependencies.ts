/** The packages that a project's /package.json names. */
export const PACKAGE_JSON = "/package.json";

type Manifest = Record<string, unknown>;

/** Name → version or range; empty when the file is missing or does not parse. */
export function dependenciesOf(packageJson: string | null): Map<string, string> {
  return new Map(textsOf(parse(packageJson)?.dependencies));
}

/** The version that the project asks for, wherever it says so. */
export function askedVersion(packageJson: string | null, name: string): string | null {
  const manifest = parse(packageJson);
  const fields = [manifest?.dependencies, manifest?.devDependencies, manifest?.peerDependencies];
  for (const field of fields) for (const [key, range] of textsOf(field)) if (key === name) return range;
  return null;
}

/** The file with the package among its dependencies; null when it is no JSON object, so that nothing of it is lost. */
export function withDependency(packageJson: string | null, name: string, version: string): string | null {
  const manifest = packageJson === null ? { private: true } : parse(packageJson);
  if (!manifest) return null;
  const all = new Map([...textsOf(manifest.dependencies)]).set(name, version);
  const dependencies = Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
  const indent = /^[{]\r?\n([ \t]+)/.exec(packageJson ?? "")?.[1] ?? "  ";
  return `${JSON.stringify({ ...manifest, dependencies }, null, indent)}\n`;
}

function parse(packageJson: string | null): Manifest | null {
  try {
    const value: unknown = JSON.parse(packageJson ?? "");
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Manifest) : null;
  } catch {
    return null;
  }
}

function textsOf(field: unknown): [string, string][] {
  if (field === null || typeof field !== "object") return [];
  return Object.entries(field).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}
