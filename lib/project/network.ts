/**
 * "Allow network" of a project: the hosts its previews may reach, and the token that stands for this list. Whoever loads a
 * preview with the token gets the wider policy, so each change of the list makes another one.
 */
export type Network = { hosts: string[]; token: string };

/** Of a preview's address and the relay's. */
export const NETWORK_PARAMETER = "network";

export type CheckedHost = { ok: true; host: string } | { ok: false; problem: string };

/** The bare name of an https host, or what is wrong with it. `https://` in front and a `/` behind are forgiven. */
export function checkHost(text: string): CheckedHost {
  const problem = (why: string): CheckedHost => ({ ok: false, problem: `“${text}” ${why}` });
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "");
  if (name.includes("://")) return problem("is not https; only https hosts can be allowed.");
  if (name.includes("*")) return problem("has a wildcard; name each host by itself.");
  if (/[/?#@\s]/.test(name))
    return problem("is more than a host; write its name alone, such as fonts.example.com.");
  if (name.includes("[") || name.split(":").length > 2)
    return problem("is an address; write the host's name.");
  if (name.includes(":")) return problem("names a port; only https on its usual port can be allowed.");
  if (!URL.canParse(`https://${name}`)) return problem("is not the name of a host.");
  // As a browser reads it: 0x7f.1 is an address, bücher.de is xn--bcher-kva.de.
  const { hostname } = new URL(`https://${name}`);
  if (/^[\d.]+$/.test(hostname)) return problem("is an address; write the host's name.");
  if (isLocal(hostname))
    return problem("is a name of your own machine or network, which previews never reach.");
  if (!isPublicName(hostname)) return problem("is not the name of a host.");
  return { ok: true, host: hostname };
}

function isLocal(hostname: string): boolean {
  return !hostname.includes(".") || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(hostname);
}

function isPublicName(hostname: string): boolean {
  return (
    hostname.length <= 253 &&
    hostname.split(".").every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  );
}
