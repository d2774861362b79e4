/** What comes out of a frame is a hint from untrusted code: checked here before anyone reads it. Never throws. */
import type { FromFrame, PreviewError } from "./protocol.ts";

const MAX_TEXT = 20_000;
export const MAX_CSS_CHARS = 200_000;

/** The message with exactly the known fields, or null. */
export function checkFromFrame(data: unknown): FromFrame | null {
  if (!isRecord(data)) return null;
  switch (data.type) {
    case "triptych:applied": {
      const result = (["ok", "healed", "kept", "failed"] as const).find((each) => each === data.result);
      const isWhole = isNumber(data.seq) && isNumber(data.ms) && isNumber(data.at) && result;
      return isWhole
        ? { type: data.type, seq: data.seq as number, result, ms: data.ms as number, at: data.at as number }
        : null;
    }
    case "triptych:painted":
      return isNumber(data.seq) && isNumber(data.at)
        ? { type: data.type, seq: data.seq, at: data.at, isBlank: !!data.isBlank }
        : null;
    case "triptych:busy":
      return { type: data.type, on: !!data.on };
    case "triptych:resync":
      return isText(data.path) ? { type: data.type, path: data.path } : null;
    case "triptych:css":
      return isNumber(data.seq) && typeof data.css === "string" && data.css.length <= MAX_CSS_CHARS
        ? { type: data.type, seq: data.seq, css: data.css }
        : null;
    case "triptych:error": {
      const error = data.error === null ? null : checkError(data.error);
      return error === undefined ? null : { type: data.type, error };
    }
    case "triptych:console":
      return {
        type: data.type,
        lines: Array.isArray(data.lines) ? data.lines.slice(0, 100).flatMap(checkLine) : [],
      };
    case "triptych:key":
      if (!isText(data.key)) return null;
      return {
        type: data.type,
        key: data.key,
        meta: !!data.meta,
        ctrl: !!data.ctrl,
        alt: !!data.alt,
        shift: !!data.shift,
      };
    default:
      return null;
  }
}

function checkError(value: unknown): PreviewError | undefined {
  if (!isRecord(value) || !isText(value.title) || !isText(value.message) || !isText(value.path))
    return undefined;
  if (!isNumber(value.line) || !isNumber(value.column)) return undefined;
  const { title, message, path, line, column } = value;
  const error: PreviewError = { title, message, path, line, column };
  const unknown = value.unknownImport;
  if (isRecord(unknown) && isText(unknown.name) && Array.isArray(unknown.available)) {
    error.unknownImport = { name: unknown.name, available: unknown.available.filter(isText).slice(0, 100) };
  }
  return error;
}

function checkLine(value: unknown): { level: "log" | "info" | "warn" | "error"; text: string }[] {
  if (!isRecord(value) || !isText(value.text)) return [];
  const level = (["log", "info", "warn", "error"] as const).find((each) => each === value.level);
  return level ? [{ level, text: value.text }] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT;
}
