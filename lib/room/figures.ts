/** What this process does, in figures for whoever runs it: counted where it happens, read by `/api/metrics`. */
export type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  values: { suffix?: string; labels?: Record<string, string>; value: number }[];
};

export type Figures = {
  /** A model's text came: `chars` characters of it. */
  text(chars: number): void;
  frame(bytes: number, lagMs: number): void;
  /** An edit was stored: how long after it came. */
  stored(bytes: number, tookMs: number): void;
  refused(code: string): void;
  stale(): void;
  read(): Metric[];
};

const CHARS_PER_TOKEN = 4;
const BUCKETS_MS = [5, 10, 16, 33, 66, 100, 250, 500, 1_000, 2_500];

export function createFigures(): Figures {
  const counts = { chars: 0, frames: 0, frameBytes: 0, rows: 0, rowBytes: 0, stale: 0 };
  const refusals = new Map<string, number>();
  const flush = createHistogram();
  const ack = createHistogram();
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "counter",
    values: [{ value }],
  });
  return {
    text(chars) {
      counts.chars += chars;
    },
    frame(bytes, lagMs) {
      counts.frames++;
      counts.frameBytes += bytes;
      flush.observe(lagMs);
    },
    stored(bytes, tookMs) {
      counts.rows++;
      counts.rowBytes += bytes;
      ack.observe(tookMs);
    },
    refused(code) {
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
    },
    stale() {
      counts.stale++;
    },
    read: () => [
      counter(
        "triptych_tokens_total",
        "Tokens of models (4 characters each).",
        Math.round(counts.chars / CHARS_PER_TOKEN),
      ),
      counter("triptych_frames_total", "Combined frames that rooms have sent.", counts.frames),
      counter("triptych_frame_bytes_total", "Their bytes, once per frame.", counts.frameBytes),
      counter("triptych_log_rows_total", "Rows written to the log of documents.", counts.rows),
      counter("triptych_log_bytes_total", "Their bytes.", counts.rowBytes),
      counter(
        "triptych_stale_total",
        "Times that a slow viewer was left out until it had caught up.",
        counts.stale,
      ),
      {
        name: "triptych_refused_total",
        help: "Refused commands and joins, by code.",
        type: "counter",
        values: [...refusals].map(([code, value]) => ({ labels: { code }, value })),
      },
      flush.read("triptych_flush_lag_seconds", "From the oldest text in a frame to its departure."),
      ack.read(
        "triptych_store_seconds",
        "From an update to its row in the log; its acknowledgement follows at once.",
      ),
    ],
  };
}

function createHistogram() {
  const counts = BUCKETS_MS.map(() => 0);
  let sumMs = 0;
  let count = 0;
  return {
    observe(ms: number) {
      count++;
      sumMs += ms;
      for (const [index, bucket] of BUCKETS_MS.entries())
        if (ms <= bucket) counts[index] = (counts[index] ?? 0) + 1;
    },
    read: (name: string, help: string): Metric => ({
      name,
      help,
      type: "histogram",
      values: [
        ...BUCKETS_MS.map((bucket, index) => ({
          suffix: "_bucket",
          labels: { le: String(bucket / 1_000) },
          value: counts[index] ?? 0,
        })),
        { suffix: "_bucket", labels: { le: "+Inf" }, value: count },
        { suffix: "_sum", value: sumMs / 1_000 },
        { suffix: "_count", value: count },
      ],
    }),
  };
}
