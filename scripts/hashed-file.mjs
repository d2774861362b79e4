/** Built files that browsers may keep for ever: their names carry a hash of what is in them. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The browsers that previews run in: Chromium, Firefox ESR, Safari. */
export const BROWSERS = ["chrome120", "firefox128", "safari17"];

/** Returns the name that it got: "runtime.js" → "runtime-0123456789ab.js". */
export function writeHashed(outdir, name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(join(outdir, hashed), content);
  writeZipped(join(outdir, hashed));
  return hashed;
}

/** Beside a built file what is sent of it: compressing it for each visitor would cost more than anything else of a visit. */
export function writeZipped(file) {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
}
