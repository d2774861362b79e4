/**
 * What our drivers add to a provider: time to the first character, CPU, and how soon a stop reaches it. The provider is
 * scripted, speaks the real protocols over real sockets, and runs in a process of its own; no language model is involved.
 */
import type { Row } from "./figures.ts";
import { startProvider } from "./models/asking.ts";
import { firstTokenOverDistance } from "./models/distance.ts";
import { lanesOfOneSocket } from "./models/lanes.ts";
import { sharedPrefix } from "./models/prefix.ts";
import { cpuPerThousand, firstByteToText, stops, threeStreams } from "./models/reading.ts";
import { designerFirst, stopsWholeWay, toDraft } from "./models/whole-way.ts";

// The provider's certificate signs itself; nothing else is asked over TLS here.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const provider = await startProvider();
  try {
    const rows = [
      ...(await cpuPerThousand(provider)),
      ...(await threeStreams(provider)),
      ...(await firstByteToText(provider)),
      ...(await toDraft(provider)),
      ...(await designerFirst()),
      ...(await firstTokenOverDistance(provider)),
      ...(await lanesOfOneSocket(provider)),
      ...(await stops(provider)),
      ...(await stopsWholeWay(provider)),
      ...sharedPrefix(),
    ];
    return { name: "models", rows };
  } finally {
    provider.close();
  }
}
