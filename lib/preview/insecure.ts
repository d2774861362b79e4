/**
 * Plain http on a network has no `crypto.subtle`, and sandpack-react hashes the files with it before it makes a client: then
 * no preview would start. A real SHA-256 in its place, on insecure origins only; import this before sandpack-react.
 */
import { sha256 } from "@noble/hashes/sha2.js";

export function installDigest(): void {
  if (crypto.subtle) return;
  const digest = async (name: string, data: ArrayBuffer | Uint8Array) => {
    if (name !== "SHA-256") throw new Error(`${name} needs https; SHA-256 is all there is on plain http`);
    return sha256(data instanceof Uint8Array ? data : new Uint8Array(data)).buffer;
  };
  Object.defineProperty(crypto, "subtle", { configurable: true, value: { digest } });
}

installDigest();
