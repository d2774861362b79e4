import { renderUnicodeCompact } from "uqr";
import type { Lanes } from "#lib/model/types.ts";
import { type Config, isLoopbackName } from "./config.ts";
import { ownAddresses } from "./hosts.ts";

/** Prints where the app is and who answers; beyond loopback also the address for others, with a QR code. */
export function announce(config: Config, lanes: Lanes): void {
  const local = config.host === "0.0.0.0" || config.host === "::" ? "localhost" : config.host;
  console.log(`\n▍▌▐ Triptych is running at http://${local}:${config.port}`);
  console.log(`    Prompts are answered by: ${lanes.fast.name}.  Stop with Ctrl-C; everything is kept.`);
  if (config.hostNames.length > 0) console.log(`    It answers to ${config.hostNames.join(", ")} as well.`);
  if (isLoopbackName(config.host)) return;
  const [address = config.host] =
    config.host === "0.0.0.0" || config.host === "::" ? ownAddresses() : [config.host];
  const url = `http://${address}:${config.port}`;
  console.log(
    `\n    Open to your network at ${url}. Others need the link of a room or a share to see anything.`,
  );
  console.log(renderUnicodeCompact(url, { border: 2 }));
}
