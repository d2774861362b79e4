/** What stands in for a module that does not run: a component for each of its exports that says so in its place. */
import { brokenNote } from "./boundary.ts";

const EXPORT =
  /^export\s+(default\s+)?(?:async\s+)?(?:function|class|const|let|var)?\s*([A-Za-z_$][\w$]*)?/gm;

export function standInsFor(path: string, source: string): Record<string, unknown> {
  const file = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const standIns: Record<string, unknown> = { default: () => brokenNote(file) };
  for (const [, isDefault, name] of source.matchAll(EXPORT))
    if (name && !isDefault && /^[A-Z]/.test(name)) standIns[name] = () => brokenNote(name);
  return standIns;
}
