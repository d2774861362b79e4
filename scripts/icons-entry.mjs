/** lucide-react as a script that makes each icon when a page first asks for it (lib/runtime/lazy-icons.ts). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./prepare.mjs";

const PACKAGE = join(root, "node_modules", "lucide-react", "dist", "esm");
const OTHERS = ["Icon", "LucideProvider", "createLucideIcon", "useLucideContext"];

/** The source of an entry that esbuild bundles. Throws when the package exports other names than the lazy object will have. */
export async function iconsEntry() {
  const exported = namesByFile(readFileSync(join(PACKAGE, "lucide-react.mjs"), "utf8"));
  const listed = namesByFile(readFileSync(join(PACKAGE, "icons", "index.mjs"), "utf8"));
  const icons = { drawings: {}, files: {}, listed: [...listed.values()].flat() };
  for (const [file, names] of exported) {
    const { __iconData } = await import(pathToFileURL(join(PACKAGE, "icons", `${file}.mjs`)).href);
    icons.drawings[file] = JSON.stringify(__iconData);
    for (const name of shortNames(names)) icons.files[name] = file;
  }
  const all = Object.keys(icons.files).flatMap((name) => [name, `${name}Icon`, `Lucide${name}`]);
  expectSameNames([...exported.values()].flat(), all);
  return `import { ${OTHERS.join(", ")} } from "lucide-react";
import { addPackage } from "./lib/runtime/add-package.ts";
import { lazyIcons } from "./lib/runtime/lazy-icons.ts";
addPackage({ "lucide-react": lazyIcons(${JSON.stringify(icons)}, createLucideIcon, { ${OTHERS.join(", ")} }) });`;
}

function namesByFile(source) {
  const lines = source.matchAll(/export \{([^}]*)\} from '\.\/(?:icons\/)?([\w-]+)\.mjs'/g);
  const names = new Map();
  for (const [, list, file] of lines) {
    const given = list.split(",").flatMap((each) => /default as (\w+)/.exec(each)?.[1] ?? []);
    if (given.length > 0 && file !== "createLucideIcon" && file !== "Icon") names.set(file, given);
  }
  return names;
}

/** Without those that are another one with "Icon" behind or "Lucide" before. */
function shortNames(names) {
  const all = new Set(names);
  const isLong = (name) =>
    (name.endsWith("Icon") && all.has(name.slice(0, -4))) ||
    (name.startsWith("Lucide") && all.has(name.slice(6)));
  return names.filter((name) => !isLong(name));
}

function expectSameNames(wanted, given) {
  const lacks = wanted.filter((name) => !given.includes(name));
  if (lacks.length > 0 || wanted.length !== given.length)
    throw new Error(
      `lucide-react exports ${wanted.length} names of icons, the lazy ones are ${given.length}; not among them: ${lacks.slice(0, 5).join(", ")}`,
    );
}
