/** The headers of every kind of answer in one table (safety.md §7, preview.md §7). */
type Headers = Record<string, string>;

const COMMON: Headers = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** Nothing of a device is for a preview, nor for what stands around it. */
const NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

/** App pages: scripts by nonce, frames of our own origin only (the relay). React's tools need eval in development. */
export function appHeaders({
  nonce,
  dev,
}: {
  nonce: string;
  dev: boolean;
}): Headers & { "content-security-policy": string } {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    // Components set sizes and colours by style attributes, CodeMirror makes style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    ...COMMON,
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": `${NO_DEVICES}, clipboard-write=(self)`,
    "x-robots-tag": "noindex",
  };
}

/** Scripts, sheets and fonts of the app's pages: for our own origin, and no document of their own. */
export function assetHeaders(): Headers {
  return {
    ...COMMON,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** Workers of the app and what they read: they may ask our own server, and nothing else. */
export function toolHeaders(): Headers {
  return {
    ...COMMON,
    "content-security-policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
  };
}

export function apiHeaders(): Headers {
  const none = "default-src 'none'; frame-ancestors 'none'";
  return {
    ...COMMON,
    "content-security-policy": none,
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** The trusted page around one preview: it may frame exactly that pane's hosts and ports. */
export function relayHeaders(previews: string[]): Headers {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src ${previews.join(" ")}; frame-ancestors 'self'; base-uri 'none'`;
  return {
    ...COMMON,
    "content-security-policy": policy,
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NO_DEVICES,
  };
}

/**
 * Everything a preview server sends. Nothing gets out: 0 of 31 channels in the trials (safety.md §4). `hosts` are those that a
 * project allows: https, for images, media, fonts and fetch, nothing else. `ancestors` are the app's hosts. `ownHost` is named
 * beside 'self', because in WebKit that means the document's origin, and an opaque one fits nothing; there it needs a scheme,
 * and http means https too.
 */
export function previewHeaders(ancestors: string[], ownHost: string, hosts: string[] = []): Headers {
  const origins = hosts.map((host) => `https://${host}`);
  const more = origins.map((origin) => ` ${origin}`).join("");
  const self = `'self' http://${ownHost}`;
  const policy = [
    "default-src 'none'",
    `script-src ${self} 'unsafe-eval'`,
    `style-src ${self} 'unsafe-inline'`,
    `img-src ${self} data: blob:${more}`,
    `font-src ${self} data:${more}`,
    `media-src ${self} data: blob:${more}`,
    `connect-src${more || " 'none'"}`,
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.join(" ")}`,
  ].join("; ");
  return {
    ...COMMON,
    "content-security-policy": policy,
    // URL patterns: an origin stands for everything on it. Chromium only; it also closes WebRTC.
    "connection-allowlist": `(${["response-origin", ...origins.map((origin) => `"${origin}"`)].join(" ")})`,
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "permissions-policy": NO_DEVICES,
    "x-dns-prefetch-control": "off",
  };
}
