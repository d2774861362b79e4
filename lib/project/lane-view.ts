/** A lane as a page may know it: Settings shows it, the server fills it in. */
import type { Lane } from "./rows.ts";

/** One limit as its provider told it (models.md §5.1); null: it did not say. */
export type LaneLimit = {
  /** The provider's own name of this limit: "requests-day", "codex-primary". Limits of other families are other budgets. */
  family: string;
  unit: "requests" | "tokens";
  windowMs: number | null;
  limit: number | null;
  remaining: number | null;
  usedPercent: number | null;
  /** Epoch milliseconds. */
  resetAt: number | null;
  /** The header or event it was read from. */
  source: string;
};

/** Where a setting comes from; the environment wins. */
export type SettingSource = "environment" | "settings" | "none";

export type LaneView = {
  lane: Lane;
  source: SettingSource;
  /** Who answers, for people. */
  name: string;
  builtIn: boolean;
  /** Without user, password or query. */
  baseUrl: string | null;
  wire: string | null;
  model: string | null;
  /** The key's last four characters; "" when it is too short to show any; null: there is none. */
  keyEnd: string | null;
  limits: LaneLimit[];
};

/** Tokens of language models that count against the own caps: of the newest turn, this hour, this project. Null: not known here. */
export type Used = { turn: number | null; hour: number; project: number | null };
