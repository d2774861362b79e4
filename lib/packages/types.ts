/** Packages of the npm registry for previews: what is asked for and how it can end. */
import type { PackageScript } from "#lib/project/package-names.ts";

export type PackageWish = {
  name: string;
  /** What the project's package.json asks for; null: the latest. */
  range: string | null;
  /** The modules that the project imports: "swiper", "swiper/react", "swiper/css". */
  modules: string[];
};

/** `lib/wire/sentences.ts` turns each into words for people. */
export type PackageProblem =
  | "packages-off"
  | "package-name"
  | "package-version"
  | "package-unknown"
  | "registry-unreachable"
  | "registry-refused"
  | "package-slow"
  | "package-too-large"
  | "package-needs-node"
  | "package-unfit"
  | "packages-failed"
  | "busy";

/** `detail` says what was seen. */
export type Refusal = { ok: false; code: PackageProblem; detail?: string };

export type Packages = {
  /** Installs (without scripts) and bundles what is not in the cache; one at a time, the others wait. Never throws. */
  add(wish: PackageWish): Promise<{ ok: true; version: string } | Refusal>;
  /** The script of a package that was added before, from the cache alone; null when it is not there. */
  find(script: PackageScript): Promise<Buffer | null>;
};
