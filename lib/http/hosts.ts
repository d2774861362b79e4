/**
 * Which `Host` and `Origin` this server answers to. A foreign Host means DNS rebinding, a foreign Origin another site's
 * page (safety.md T11, T13, T14): both are refused before anything is read.
 */
import type { IncomingMessage } from "node:http";
import { networkInterfaces } from "node:os";
import { isLoopbackName } from "./config.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Names a browser may use for the app: loopback and the configured ones; its own addresses when it listens beyond loopback. */
export function allowedHostnames(host: string, hostNames: string[] = []): Set<string> {
  const names = new Set([...LOOPBACK, ...hostNames]);
  if (isLoopbackName(host)) return names.add(host);
  if (host === "0.0.0.0" || host === "::") for (const address of ownAddresses()) names.add(address);
  else names.add(host.toLowerCase());
  return names;
}

/** This machine's addresses on its networks, IPv4 first: what is printed for the others in the room. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = all.filter((entry) => !entry.internal);
  const v4 = outside.filter((entry) => entry.family === "IPv4").map((entry) => entry.address);
  const v6 = outside.filter((entry) => entry.family === "IPv6").map((entry) => `[${entry.address}]`);
  return [...v4, ...v6];
}

/** The host name of a request without its port, or null when it is missing or malformed. */
export function hostnameOf(request: IncomingMessage): string | null {
  const host = request.headers.host;
  if (!host || !/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return null;
  return host.replace(/:\d{1,5}$/, "").toLowerCase();
}

/** Another name of this machine: another origin in the browser, and so a process of its own. Null for names of a network. */
export function twinOf(hostname: string | null): string | null {
  if (hostname === "127.0.0.1") return "localhost";
  return hostname === "localhost" ? "127.0.0.1" : null;
}

/** What proxies say of themselves. Behind one on this machine, everyone has its address, and perhaps the name it asks for. */
const PROXIED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/**
 * From a browser on this machine: by its address and by the name it used, which must also be the page's own, and through
 * nothing in between.
 */
export function isFromThisMachine(request: IncomingMessage): boolean {
  if (PROXIED.some((name) => request.headers[name] !== undefined)) return false;
  const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const hostname = hostnameOf(request);
  return isLoopbackName(address) && hostname !== null && isLoopbackName(hostname) && isSameOrigin(request);
}

export function isAllowedHost(request: IncomingMessage, names: ReadonlySet<string>): boolean {
  const name = hostnameOf(request);
  return name !== null && names.has(name);
}

/**
 * Was this request made by a page of ours? `Origin` must name the host that was asked; without one (same-origin GET),
 * the browser's own `Sec-Fetch-Site` must say so.
 */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers["sec-fetch-site"] === "same-origin";
  return URL.canParse(origin) && new URL(origin).host === host;
}
