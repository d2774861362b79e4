/**
 * Records one answer of a live model server as a fixture (tests/fixtures/streams/README.md): the fast lane of the environment is
 * asked for a small edit. Keys and what names an account are taken out; costs a few hundred tokens.
 */
import { existsSync, readFileSync } from "node:fs";
import { recordStream } from "../tests/fixtures/streams/recorder.ts";
import { type StreamWire, writeStreamFile } from "../tests/fixtures/streams/stream-file.ts";

const WIRES = ["chat", "responses", "responses-ws", "anthropic"];
const REQUEST = `/src/App.tsx
\`\`\`tsx
export default function App() {
  return <h1>Hello</h1>;
}
\`\`\`

Write the whole file again, in a fence with its path above, with the headline "Café 🙂". One sentence before it.`;

const [path] = process.argv.slice(2);
const { TRIPTYCH_FAST_BASE_URL, TRIPTYCH_FAST_MODEL, TRIPTYCH_FAST_API_KEY, TRIPTYCH_FAST_WIRE } =
  process.env;
const wire = TRIPTYCH_FAST_WIRE ?? "chat";
if (!path?.endsWith(".jsonl"))
  stop(`the file is ${JSON.stringify(path ?? "")}, but its name must end in ".jsonl"`);
if (existsSync(path)) stop(`${path} is there already; name another file, or remove it`);
if (!TRIPTYCH_FAST_BASE_URL || !TRIPTYCH_FAST_MODEL)
  stop("nothing says whom to ask: set TRIPTYCH_FAST_BASE_URL and TRIPTYCH_FAST_MODEL (and _API_KEY, _WIRE)");
if (!URL.canParse(TRIPTYCH_FAST_BASE_URL))
  stop(`TRIPTYCH_FAST_BASE_URL is "${TRIPTYCH_FAST_BASE_URL}", but it is an http or https address`);
if (!WIRES.includes(wire))
  stop(`TRIPTYCH_FAST_WIRE is "${wire}", but streams are recorded of: ${WIRES.join(", ")}`);

const { host } = new URL(TRIPTYCH_FAST_BASE_URL);
const { file, text } = await recordStream(
  {
    wire: wire as StreamWire,
    baseUrl: TRIPTYCH_FAST_BASE_URL,
    apiKey: TRIPTYCH_FAST_API_KEY ?? null,
    model: TRIPTYCH_FAST_MODEL,
    what: `${host}, ${TRIPTYCH_FAST_MODEL}`,
  },
  {
    messages: [
      { role: "system", content: "You edit files of a web page." },
      { role: "user", content: REQUEST },
    ],
    maxOutputTokens: 2_000,
    cacheKey: "record",
  } as Parameters<typeof recordStream>[1],
);
writeStreamFile(path, file);
if (TRIPTYCH_FAST_API_KEY && readFileSync(path, "utf8").includes(TRIPTYCH_FAST_API_KEY))
  stop(`the key stands in ${path}: delete the file`);
console.log(`${text}\n\n${file.events.length} events in ${path}. Read it before you commit it.`);

function stop(why: string): never {
  console.error(`record-stream: ${why}.`);
  process.exit(1);
}
