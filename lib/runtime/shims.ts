import { NETWORK_PARAMETER } from "../project/network.ts";

/**
 * Installed before any project code: an opaque frame throws on storage, and many pages touch it while they load. What is kept
 * here lasts until the frame reloads (preview.md §8).
 */
export function installShims(): void {
  if (window.origin === "null") {
    put(window, "localStorage", { value: memoryStorage() });
    put(window, "sessionStorage", { value: memoryStorage() });
    put(document, "cookie", { get: () => "", set: () => {} });
    put(window, "indexedDB", { value: undefined });
    put(window, "caches", { value: undefined });
    put(navigator, "serviceWorker", { value: undefined });
  }
  // Plain-http hosts have no secure context, and with it no randomUUID.
  if (!crypto.randomUUID) put(crypto, "randomUUID", { value: randomUuid });
  keepForms();
  keepLinks();
}

function put(target: object, name: string, descriptor: PropertyDescriptor): void {
  try {
    Object.defineProperty(target, name, { configurable: true, ...descriptor });
  } catch {
    // A browser that does not let us replace it keeps its own; a page that uses it gets the browser's error.
  }
}

/** Sending a form would turn the frame into an error page. */
function keepForms(): void {
  const say = () => console.info("Forms are not sent from previews.");
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    say();
  });
  HTMLFormElement.prototype.submit = say;
}

/** A link out of the page, or a download, would leave an error page in the frame. Anchors and paths of the page work. */
function keepLinks(): void {
  addEventListener("click", (event) => {
    const link = event
      .composedPath()
      .find((target) => target instanceof HTMLAnchorElement && target.href !== "");
    if (event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return;
    if (staysHere(link)) return keepNetwork(link);
    event.preventDefault();
    sayLink(link);
  });
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    // Events of an element that is not in the page pass nobody.
    if (this.isConnected || staysHere(this)) click.call(this);
    else sayLink(this);
  };
}

function staysHere({ origin, download }: HTMLAnchorElement): boolean {
  return origin === new URL(location.href).origin && download === "";
}

/** Another path of the page is another document: it may reach the same hosts only if its address says so too. */
function keepNetwork(link: HTMLAnchorElement): void {
  const token = new URLSearchParams(location.search).get(NETWORK_PARAMETER);
  if (token === null || (link.hash !== "" && link.pathname === location.pathname)) return;
  const url = new URL(link.href);
  url.searchParams.set(NETWORK_PARAMETER, token);
  link.href = url.href;
}

function sayLink({ href }: HTMLAnchorElement): void {
  console.info(`Links out of the page are not followed in previews: ${href}`);
}

function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  const methods = {
    getItem: (key: string) => entries.get(String(key)) ?? null,
    setItem: (key: string, value: string) => void entries.set(String(key), String(value)),
    removeItem: (key: string) => void entries.delete(String(key)),
    clear: () => entries.clear(),
    key: (index: number) => [...entries.keys()][index] ?? null,
  };
  return new Proxy(methods as unknown as Storage, {
    get: (target, key) =>
      key === "length" ? entries.size : key in target ? Reflect.get(target, key) : entries.get(String(key)),
    set: (_target, key, value) => Boolean(entries.set(String(key), String(value))),
    deleteProperty: (_target, key) => entries.delete(String(key)) || true,
    has: (target, key) => key in target || entries.has(String(key)),
    ownKeys: () => [...entries.keys()],
    getOwnPropertyDescriptor: (_target, key) =>
      entries.has(String(key))
        ? { value: entries.get(String(key)), enumerable: true, configurable: true, writable: true }
        : undefined,
  });
}

/** RFC 9562, version 4. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
