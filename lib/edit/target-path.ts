/** The file that an edit names, or why it may not be edited. */
import type { BlockContext } from "./block.ts";
import { normalisePath } from "./path.ts";

export type TargetPath = { ok: true; path: string } | { ok: false; reason: "bad-path" | "unsupported-file" };

export function resolveTarget(context: BlockContext, raw: string): TargetPath {
  const found = normalisePath(raw, context.workspace.paths());
  if (!found.ok) return { ok: false, reason: "bad-path" };
  const { path } = found;
  if (isUnsupported(path)) return { ok: false, reason: "unsupported-file" };
  const name = path.slice(1);
  const isOtherCase = !raw.includes(name) && raw.toLowerCase().includes(name.toLowerCase());
  if (isOtherCase) context.warnings.push(`${raw.trim()} was taken for ${path}`);
  return { ok: true, path };
}

/** Locks, binary files and what tools generate are not written by models. */
function isUnsupported(path: string): boolean {
  return /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$|^\/(?:node_modules|dist|\.next|\.git)\/|\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|zip|gz|pdf|mp[34]|wasm|min\.js|map)$/i.test(
    path,
  );
}
