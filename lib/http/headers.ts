/** The headers of every kind of answer in one table (safety.md §7, preview.md §7). */
type Headers = Record<string, string>;

const COMMON: Headers = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

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
    "permissions-policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
    "x-robots-tag": "noindex",
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

/** The trusted page around one preview: it may frame exactly that pane's origins. */
export function relayHeaders(previewOrigins: string[]): Headers {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src ${previewOrigins.join(" ")}; frame-ancestors 'self'; base-uri 'none'`;
  return {
    ...COMMON,
    "content-security-policy": policy,
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** Everything a preview server sends. Nothing gets out: 0 of 31 channels in the trials (safety.md §4). */
export function previewHeaders(appOrigins: string[]): Headers {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'none'",
    "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${appOrigins.join(" ")}`,
  ].join("; ");
  return {
    ...COMMON,
    "content-security-policy": policy,
    "connection-allowlist": "(response-origin)",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "x-dns-prefetch-control": "off",
  };
}
