/** What reading a provider costs: CPU for each chunk, three streams at once, time to the first text, a stop. */
import { createParser } from "eventsource-parser";
import { Agent, fetch } from "undici";
import { prompt } from "../../tests/fixtures/providers/every-driver.ts";
import { now } from "../../tests/fixtures/providers/script.ts";
import { quantile, type Row, round } from "../figures.ts";
import { open, type Provider, plainUrl, readAll, spread, WIRES } from "./asking.ts";

/** CPU of this process for 1,000 events of one token, as fast as they go; rounds of all clients in turn. */
export async function cpuPerThousand(provider: Provider): Promise<Row[]> {
  const tokens = 20_000;
  const rounds = 7;
  const model = `tokens=${tokens}`;
  const drivers = WIRES.map((wire) => [wire, open(wire, plainUrl(provider), model)] as const);
  const clients: [name: string, read: () => Promise<unknown>][] = [
    ["raw fetch + eventsource-parser", () => readRaw(plainUrl(provider), model)],
    ...drivers.map(([wire, driver]): [string, () => Promise<unknown>] => [wire, () => readAll(driver)]),
  ];
  const spent = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, read] of clients) {
      const before = process.cpuUsage();
      await read();
      const { user, system } = process.cpuUsage(before);
      // The first round warms the code up.
      if (round > 0) spent.set(name, [...(spent.get(name) ?? []), (user + system) / tokens]);
    }
  }
  await Promise.all(drivers.map(([, driver]) => driver.close()));
  const median = (name: string) => quantile(spent.get(name) ?? [], 0.5);
  const raw = median("raw fetch + eventsource-parser");
  return clients.flatMap(([name], index) => [
    { what: `CPU per 1,000 chunks, ${name}`, figure: round(median(name), 2), unit: "ms" },
    ...(index === 0
      ? []
      : [{ what: `… against raw, ${name}`, figure: round(median(name) / raw, 2), unit: "×" }]),
  ]);
}

const rawAgent = new Agent({ keepAliveTimeout: 60_000 });

/** The least that reads a chat completion. */
async function readRaw(baseUrl: string, model: string): Promise<number> {
  const { messages } = prompt;
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    dispatcher: rawAgent,
    headers: { "content-type": "application/json", authorization: "Bearer k" },
    body: JSON.stringify({ model, messages, stream: true }),
  });
  let chars = 0;
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ data }) {
      if (data === "[DONE]") return;
      const { choices } = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
      chars += choices[0]?.delta.content?.length ?? 0;
    },
  });
  for await (const bytes of response.body ?? [])
    parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
  return chars;
}

/** Three streams of 4,000 tokens a second each, for 4 s. */
export async function threeStreams(provider: Provider): Promise<Row[]> {
  const seconds = 4;
  const rate = 4_000;
  const rows: Row[] = [];
  for (const wire of ["chat", "responses", "responses-ws"] as const) {
    const driver = open(wire, plainUrl(provider), `tokens=${rate * seconds},rate=${rate}`);
    await driver.warm();
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await Promise.all([1, 2, 3].map(() => readAll(driver)));
    const { user, system } = process.cpuUsage(before);
    const tookMs = performance.now() - startedAt;
    await driver.close();
    rows.push(
      {
        what: `3 × 4,000 tok/s, ${wire}: share of a core`,
        figure: round((user + system) / 10 / tookMs),
        unit: "%",
      },
      {
        what: `3 × 4,000 tok/s, ${wire}: behind the rate`,
        figure: round(tookMs - seconds * 1_000, 0),
        unit: "ms",
      },
    );
  }
  return rows;
}

/** From the provider's first write of text to that text in the hands of the turn. */
export async function firstByteToText(provider: Provider): Promise<Row[]> {
  const rows: Row[] = [];
  for (const wire of WIRES) {
    const driver = open(wire, plainUrl(provider), "tokens=20,rate=1000");
    await driver.warm();
    await readAll(driver);
    await provider.seen();
    const added: number[] = [];
    for (let run = 0; run < 60; run++) {
      const { firstAt } = await readAll(driver);
      const [seen] = await provider.seen();
      if (seen?.firstTextAt) added.push(firstAt - seen.firstTextAt);
    }
    await driver.close();
    rows.push(...spread(`provider's first text → driver's, ${wire}`, added));
  }
  return rows;
}

/** From the stop to the provider seeing its connection closed, while it writes 1,000 tok/s. */
export async function stops(provider: Provider): Promise<Row[]> {
  const rows: Row[] = [];
  for (const wire of WIRES) {
    const driver = open(wire, plainUrl(provider), "tokens=100000,rate=1000");
    await driver.warm();
    await provider.seen();
    const times: number[] = [];
    for (let run = 0; run < 40; run++) {
      const abort = new AbortController();
      let stoppedAt = 0;
      let chars = 0;
      for await (const text of driver.model(prompt, abort.signal)) {
        chars += text.length;
        if (chars < 200) continue;
        stoppedAt = now();
        abort.abort();
      }
      const [seen] = await provider.closed();
      times.push((seen?.abortedAt ?? Number.POSITIVE_INFINITY) - stoppedAt);
    }
    await driver.close();
    rows.push(...spread(`stop → upstream closed, ${wire}`, times));
  }
  return rows;
}
