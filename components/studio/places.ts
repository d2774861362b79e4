/** Where each sheet lies in each view: pure functions over the view's state. */
import type { Variant } from "#lib/project/rows.ts";
import type { ViewState } from "./view-state.ts";

/** `column`: one of several alike; `large` and `thumb`: Focus; `left` and `right`: Compare; `away`: not shown now. */
export type Place = "column" | "large" | "thumb" | "left" | "right" | "away";

type Shape = Pick<ViewState, "view" | "focused" | "pair" | "compare"> & {
  /** A tablet: room for two columns, the others stand small beside them. */
  isMedium?: boolean;
  /** Whose code lies open beside the table: then a tablet has room for that one alone. */
  reading?: number | null;
};

export function placeOf(position: number, count: number, shape: Shape): Place {
  switch (shape.view) {
    case "three":
      return shape.isMedium ? onTablet(position, shape.reading ?? null) : "column";
    case "focus":
      return position === largeIn(count, shape) ? "large" : "thumb";
    case "compare": {
      if (shape.compare === "code") return "away";
      const [left, right] = pairIn(count, shape);
      return position === left ? "left" : position === right ? "right" : "away";
    }
    default:
      return shape.view satisfies never;
  }
}

const MEDIUM_COLUMNS = 2;

function onTablet(position: number, reading: number | null): Place {
  return (reading === null ? position < MEDIUM_COLUMNS : position === reading) ? "column" : "thumb";
}

/** Another set may have fewer sheets than the one before. */
export function largeIn(count: number, { focused }: Pick<ViewState, "focused">): number {
  return Math.min(focused, Math.max(0, count - 1));
}

/** Two sheets that are there and are not the same. */
export function pairIn(count: number, { pair }: Pick<ViewState, "pair">): readonly [number, number] {
  const left = pair[0] < count ? pair[0] : 0;
  if (pair[1] < count && pair[1] !== left) return [left, pair[1]];
  return [left, left === 0 ? Math.min(1, count - 1) : 0];
}

/**
 * Which pane shows which variant. A variant keeps its pane while it lies on the table, so that a new order moves sheets and
 * loads nothing; new ones take the free panes in their order.
 */
export function panesOf(
  before: readonly (Variant | null)[],
  shown: readonly Variant[],
  panes: number,
): (Variant | null)[] {
  const byId = new Map(shown.map((variant) => [variant.id, variant]));
  const after: (Variant | null)[] = Array.from(
    { length: panes },
    (_, pane) => byId.get(before[pane]?.id as never) ?? null,
  );
  const placed = new Set(after.map((variant) => variant?.id));
  const rest = shown.filter(({ id }) => !placed.has(id));
  return after.map((variant) => variant ?? rest.shift() ?? null);
}
