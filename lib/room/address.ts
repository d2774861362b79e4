import type { IncomingHttpHeaders } from "node:http";

/**
 * Whose connection this is. A proxy on this machine says it in X-Forwarded-For: its last entry is the one that the proxy itself
 * has seen, what stands before it may be made up. From elsewhere the header counts for nothing.
 */
export function addressOf({ address, headers }: { address: string; headers: IncomingHttpHeaders }): string {
  const own = address.replace("::ffff:", "");
  if (!isLoopback(own)) return own;
  const forwarded = String(headers["x-forwarded-for"] ?? "");
  return forwarded.split(",").at(-1)?.trim() || own;
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
