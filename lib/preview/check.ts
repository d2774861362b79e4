/** What comes out of a frame is a hint from untrusted code: checked here before anyone reads it. Never throws. */
import type {
  Area,
  FromFrame,
  FromFrameToRelay,
  Mark,
  PageIssue,
  PickedElement,
  PreviewError,
  ScrollPlace,
} from "./protocol.ts";

const MAX_TEXT = 20_000;
const MAX_SHORT = 500;
const MAX_ISSUES = 50;
const MAX_MARKS = 24;
/** Areas of a page that are washed at a time (interactions.md §11, screens.md §13). */
export const MAX_WASHED = 12;
const MAX_LABEL = 120;
const MAX_PX = 1_000_000;
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
    case "triptych:pressed":
      return { type: data.type };
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
    case "triptych:picked": {
      const element = checkElement(data.element);
      return element && { type: data.type, element, isMore: !!data.isMore, asks: !!data.asks };
    }
    case "triptych:pick-end":
      return { type: data.type };
    case "triptych:text": {
      const { id, path, start, end, was, text } = data;
      const isWhole = isShort(id) && isShort(path) && isText(was) && isText(text) && isRange(start, end);
      return isWhole
        ? { type: data.type, id, path, start: start as number, end: end as number, was, text }
        : null;
    }
    case "triptych:text-end":
      return isShort(data.id) ? { type: data.type, id: data.id } : null;
    case "triptych:scrolled": {
      const place = checkPlace(data.place);
      return place && { type: data.type, place };
    }
    case "triptych:issues":
      return {
        type: data.type,
        issues: Array.isArray(data.issues) ? data.issues.slice(0, MAX_ISSUES).flatMap(checkIssue) : [],
      };
    default:
      return null;
  }
}

/** What a frame wants drawn over its page; numbers only within what a page can be. */
export function checkDrawing(data: unknown): FromFrameToRelay | null {
  if (!isRecord(data)) return null;
  if (data.type === "triptych:marks" && Array.isArray(data.marks))
    return { type: data.type, marks: data.marks.slice(0, MAX_MARKS).flatMap(checkMark) };
  if (data.type !== "triptych:wash" || !Array.isArray(data.areas)) return null;
  const areas = data.areas.slice(0, MAX_WASHED).flatMap((each) => {
    const area = checkArea(each);
    return area && isNumber(each.key) ? [{ ...area, key: each.key as number }] : [];
  });
  return { type: data.type, areas, isMoved: !!data.isMoved };
}

function checkMark(value: unknown): Mark[] {
  const area = checkArea(value);
  if (!area || !isRecord(value) || typeof value.label !== "string") return [];
  const kind = (["pointed", "chosen", "odd"] as const).find((each) => each === value.kind);
  return kind ? [{ ...area, kind, label: value.label.slice(0, MAX_LABEL) }] : [];
}

function checkArea(value: unknown): Area | null {
  if (!isRecord(value)) return null;
  const { x, y, width, height } = value;
  const isWhole = [x, y, width, height].every((each) => isNumber(each) && Math.abs(each) < MAX_PX);
  return isWhole ? ({ x, y, width, height } as Area) : null;
}

function checkElement(value: unknown): PickedElement | null {
  if (!isRecord(value)) return null;
  const { path, start, end, selector, text } = value;
  if (!isShort(path) || !isShort(selector) || !isShort(text) || !isRange(start, end)) return null;
  return { path, start: start as number, end: end as number, selector, text };
}

function checkPlace(value: unknown): ScrollPlace | null {
  if (!isRecord(value) || !isShort(value.id) || !isShort(value.heading)) return null;
  const { id, heading, share, page } = value;
  return isShare(share) && isShare(page) ? { id, heading, share, page } : null;
}

function checkIssue(value: unknown): PageIssue[] {
  if (!isRecord(value) || !isShort(value.rule) || !isShort(value.words) || !isShort(value.selector))
    return [];
  const { rule, words, selector, at } = value;
  if (!isRecord(at)) return [{ rule, words, selector, at: null }];
  const { path, start, end } = at;
  if (!isShort(path) || !isRange(start, end)) return [{ rule, words, selector, at: null }];
  return [{ rule, words, selector, at: { path, start: start as number, end: end as number } }];
}

function isShort(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_SHORT;
}

function isRange(start: unknown, end: unknown): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    (start as number) >= 0 &&
    (end as number) >= (start as number)
  );
}

function isShare(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 1;
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
