/** The six rules that every driver obeys (models.md §2), each once per driver, against a scripted server over real sockets. */
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { sentenceOf } from "../../lib/model/sentences.ts";
import { ask, createBed, factsOf, KEY, prompt, wires } from "../fixtures/providers/every-driver.ts";
import type { Step } from "../fixtures/providers/script.ts";

const bed = createBed();
afterEach(bed.clear);

const LONG: Step[] = [{ text: "word ".repeat(20_000), rate: 2_000 }];

describe.each(wires)("%s", (wire) => {
  test("1 yields text only, in order, never empty, never half a character", async () => {
    const text = "Hello 🙂 wörld, ".repeat(40);
    // Every event carries one UTF-16 unit, so each 🙂 is split between two.
    await bed.serve([{ text, chunkChars: 1 }]);
    const outcome = await ask(bed.driver(wire));
    expect(outcome).toMatchObject({ text, failure: null });
    expect(outcome.pieces).not.toContain("");
    expect(outcome.pieces.filter((piece) => /[\ud800-\udbff]$|^[\udc00-\udfff]/.test(piece))).toEqual([]);
  });

  test("2 ends with exactly one end fact, or with one failure and none", async () => {
    await bed.serve((call) => (call === 0 ? [{ text: "whole" }] : [{ text: "half" }, { cut: true }]));
    const driver = bed.driver(wire);
    const whole = await ask(driver);
    expect(whole.failure).toBeNull();
    expect(factsOf(whole, "end")).toMatchObject([{ reason: "stop", usage: { inputTokens: 10 } }]);
    const cut = await ask(driver);
    expect(cut).toMatchObject({ text: "half", failure: { code: "cut" } });
    expect(factsOf(cut, "end")).toEqual([]);
  });

  test("3 a stop ends the text, the iterator and the provider's socket; so does leaving the loop", async () => {
    const server = await bed.serve(LONG);
    const driver = bed.driver(wire);
    const abort = new AbortController();
    let after = 0;
    for await (const _piece of driver.model(prompt, abort.signal)) {
      if (abort.signal.aborted) after++;
      abort.abort();
    }
    expect(after).toBe(0);
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
    for await (const _piece of driver.model(prompt, new AbortController().signal)) break;
    await expect.poll(() => server.requests[1]?.aborted).toBe(true);
  });

  test("3 a stop ends an answer that has said nothing yet", async () => {
    const server = await bed.serve([{ text: "a" }, { never: true }]);
    const driver = bed.driver(wire, { idleMs: 60_000 });
    const abort = new AbortController();
    const outcome = ask(driver, abort.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    expect(await outcome).toMatchObject({ failure: null });
    await expect.poll(() => server.requests[0]?.aborted).toBe(true);
  });

  test("3 what is stopped before it began asks nobody", async () => {
    const server = await bed.serve([{ text: "a" }]);
    expect(await ask(bed.driver(wire), AbortSignal.abort())).toMatchObject({
      text: "",
      facts: [],
      failure: null,
    });
    expect(server.requests).toEqual([]);
  });

  test("4 a slow reader slows the server down", async () => {
    let sent = 0;
    const text = "0123456789abcde\n".repeat(1_500_000);
    await bed.serve([{ text, chunkChars: 4_096 }], {
      onText: (_id, chars) => {
        sent = chars;
      },
    });
    const abort = new AbortController();
    let taken = 0;
    for await (const piece of bed.driver(wire).model(prompt, abort.signal)) {
      taken += piece.length;
      // Until the server has stopped sending: what lies between is in sockets and in the driver.
      await quiet(() => sent);
      break;
    }
    expect(sent - taken).toBeLessThan(text.length / 2);
    expect(sent).toBeLessThan(text.length);
  });

  test("5 limits are told before the first text", async () => {
    const headers = {
      "x-ratelimit-limit-tokens": "1000",
      "x-ratelimit-remaining-tokens": "250",
      "x-ratelimit-reset-tokens": "6m0s",
    };
    const event = {
      type: "codex.rate_limits",
      rate_limits: {
        primary: { used_percent: 75, window_minutes: 300, reset_at: Math.round(Date.now() / 1_000) + 60 },
      },
    };
    await bed.serve([wire === "responses-ws" ? { event } : { headers }, { text: "a" }]);
    const seen: string[] = [];
    for await (const _piece of bed.driver(wire).model(prompt, new AbortController().signal, (fact) => {
      seen.push(fact.type === "limits" ? `limits ${fact.limits[0]?.usedPercent}` : fact.type);
    }))
      seen.push("text");
    expect(seen.indexOf("limits 75")).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf("limits 75")).toBeLessThan(seen.indexOf("text"));
    expect(seen.filter((each) => each === "start")).toHaveLength(1);
  });

  test("6 no error holds the key, and none is in the driver", async () => {
    const echo = `{"error":{"message":"Incorrect API key provided: ${KEY}"}}`;
    const server = await bed.serve((call) =>
      call === 0
        ? [{ status: 401, body: echo }]
        : [{ error: { code: "server_error", message: `with ${KEY}` } }],
    );
    const driver = bed.driver(wire);
    const seen = [inspect(driver, { depth: 9 })];
    for (const _call of [1, 2]) {
      const { failure } = await ask(driver);
      expect(failure).not.toBeNull();
      seen.push(inspect(failure, { depth: 9 }), `${failure && sentenceOf(failure)}`);
    }
    expect(seen.join("\n")).not.toContain(KEY);
    // It was sent, though: the server knows it.
    expect(JSON.stringify(server.requests[0]?.headers)).toContain(KEY);
  });
});

/** Resolves when the figure has stayed the same for a while. */
async function quiet(figure: () => number): Promise<void> {
  let before = -1;
  await expect
    .poll(
      () => {
        const isSame = figure() === before;
        before = figure();
        return isSame;
      },
      { interval: 150 },
    )
    .toBe(true);
}
