/** The first token with a round trip of 40 ms between us and the provider: connections made before they are needed, or not. */
import { now } from "../../tests/fixtures/providers/script.ts";
import { quantile, type Row, round } from "../figures.ts";
import { open, type Provider, readAll } from "./asking.ts";

type Case = [what: string, wire: string, url: string, isWarm: boolean];

/** First token with a round trip of 40 ms between us and the provider. */
export async function firstTokenOverDistance(provider: Provider): Promise<Row[]> {
  const http = `http://127.0.0.1:${provider.ports.delayed}/v1`;
  const https = `https://localhost:${provider.ports.delayedTls}/v1`;
  const cases: Case[] = [
    ["HTTP fresh", "chat", http, false],
    ["HTTP kept open", "chat", http, true],
    ["HTTPS fresh", "chat", https, false],
    ["HTTPS kept open", "chat", https, true],
    ["WebSocket fresh (wss)", "responses-ws", https, false],
    ["WebSocket kept open", "responses-ws", http, true],
    ["WebSocket kept open (wss)", "responses-ws", https, true],
  ];
  const make = ([, wire, url]: Case) => open(wire, url, "tokens=4");
  const drivers = cases.map(make);
  const times = cases.map((): number[] => []);
  for (const [index, [, , , isWarm]] of cases.entries()) {
    const driver = drivers[index];
    if (!isWarm || !driver) continue;
    await driver.warm();
    await readAll(driver);
  }
  // In turn, so that what else the machine does is shared by all.
  for (let run = 0; run < 25; run++) {
    for (const [index, each] of cases.entries()) {
      const driver = each[3] ? drivers[index] : make(each);
      if (!driver) continue;
      const startedAt = now();
      const { firstAt } = await readAll(driver);
      times[index]?.push(firstAt - startedAt);
      if (!each[3]) await driver.close();
    }
  }
  await Promise.all(drivers.map((driver) => driver.close()));
  return cases.map(([what], index) => ({
    what: `first token at 40 ms round trip, ${what}, median`,
    figure: round(quantile(times[index] ?? [], 0.5)),
    unit: "ms",
  }));
}
