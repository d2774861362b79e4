/**
 * `GET /api/metrics`: Prometheus' text. For this machine only, or for who holds TRIPTYCH_METRICS_TOKEN: figures tell outsiders how
 * busy people are. A proxy on this machine is not this machine: what it forwards needs the token.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopbackName } from "./config.ts";
import { apiHeaders } from "./headers.ts";
import { hostnameOf } from "./hosts.ts";

export type Metric = {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  values: { suffix?: string; labels?: Record<string, string>; value: number }[];
};

export type MetricsOptions = { token: string | null; read(): Promise<Metric[]> };

export async function handleMetrics(
  { token, read }: MetricsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, text: string) => {
    response.writeHead(status, {
      ...apiHeaders(),
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    });
    response.end(text);
  };
  if (request.method !== "GET") return answer(405, `${request.method} is not possible here.\n`);
  if (!isLocal(request) && !holdsToken(request, token))
    return answer(
      403,
      "Figures are for this machine, or with the header `Authorization: Bearer <TRIPTYCH_METRICS_TOKEN>`.\n",
    );
  try {
    answer(200, (await read()).map(textOf).join(""));
  } catch (error) {
    console.error("metrics failed:", error instanceof Error ? error.message : error);
    answer(503, "The figures could not be read.\n");
  }
}

function isLocal(request: IncomingMessage): boolean {
  const { remoteAddress = "" } = request.socket;
  const isForwarded = Object.keys(request.headers).some(
    (name) => name.startsWith("x-forwarded") || name === "forwarded",
  );
  return (
    !isForwarded &&
    isLoopbackName(remoteAddress.replace("::ffff:", "")) &&
    isLoopbackName(hostnameOf(request) ?? "")
  );
}

function holdsToken(request: IncomingMessage, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!given || token === null) return false;
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

function textOf({ name, help, type, values }: Metric): string {
  const lines = values.map(
    ({ suffix = "", labels, value }) => `${name}${suffix}${labelsOf(labels)} ${value}\n`,
  );
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelsOf(labels: Record<string, string> | undefined): string {
  if (!labels) return "";
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/["\\\n]/g, "_")}"`);
  return `{${pairs.join(",")}}`;
}
