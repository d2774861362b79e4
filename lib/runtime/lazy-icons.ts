/**
 * An icon package of two thousand components as one object that makes a component when it is first asked for. Made all at
 * once they cost every frame that imports a single one about as much as its whole compiling.
 */
type Make = (data: object) => object;

type Icons = {
  /** What an icon is drawn of, by its file's name, as JSON: text is read faster than code. */
  drawings: Record<string, string>;
  /** Exported names → the file's name. Each also stands for itself with "Icon" behind and "Lucide" before. */
  files: Record<string, string>;
  /** The names under the package's own `icons`. */
  listed: string[];
};

/** The package as `import * as` sees it: `others` are its exports that are no icons. */
export function lazyIcons(icons: Icons, make: Make, others: Record<string, unknown>): object {
  const made = new Map<string, object>();
  const iconOf = (name: string): object | undefined => {
    const file = fileOf(icons.files, name);
    if (file === undefined) return undefined;
    const icon = made.get(file) ?? make(JSON.parse(icons.drawings[file] as string) as object);
    made.set(file, icon);
    return icon;
  };
  const names = () => Object.keys(icons.files).flatMap((name) => [name, `${name}Icon`, `Lucide${name}`]);
  const listed = lazyObject({}, () => icons.listed, iconOf);
  return lazyObject({ ...others, icons: listed, __esModule: true }, names, iconOf);
}

function fileOf(files: Record<string, string>, name: string): string | undefined {
  const short = name.startsWith("Lucide") ? name.slice("Lucide".length) : name.replace(/Icon$/, "");
  for (const each of [name, short]) if (Object.hasOwn(files, each)) return files[each];
  return undefined;
}

/** Reads like an object with all these names; what is not `there` yet is found when it is read. */
function lazyObject(
  there: Record<string, unknown>,
  names: () => string[],
  find: (name: string) => unknown,
): object {
  const read = (key: string | symbol) =>
    typeof key === "symbol" || Object.hasOwn(there, key) ? there[key as string] : find(key);
  const has = (key: string | symbol) => read(key) !== undefined;
  return new Proxy(there, {
    get: (_, key) => read(key),
    has: (_, key) => has(key),
    ownKeys: () => [...new Set([...names(), ...Object.keys(there)])],
    getOwnPropertyDescriptor: (_, key) =>
      has(key) ? { value: read(key), enumerable: true, configurable: true, writable: true } : undefined,
  });
}
