/** A brief and a seed → the plan of a page: which direction, which sections in which order, in which layouts and words. */
import { colour } from "#lib/project/colour.ts";
import { type Direction, directions, type Slot } from "./directions.ts";
import { completed, type Palette, paletteOf } from "./palettes.ts";
import { randomOf } from "./random.ts";
import { LAYOUTS, type Layouts, type SectionName } from "./sections/names.ts";
import type { Kind } from "./subjects/subject.ts";
import type { Brief } from "./understand.ts";

export type Page = {
  brief: Brief;
  direction: Direction;
  /** 0 for the first time a direction is drawn in a project; later editions have other colours and layouts. */
  edition: number;
  /** How often other directions were asked for. */
  round: number;
  palette: Palette;
  order: SectionName[];
  layouts: Required<Layouts>;
  headline: string;
};

const PLACE: Record<Slot, SectionName> = {
  offer: "Pricing",
  why: "Features",
  story: "Story",
  see: "Gallery",
  when: "Hours",
  where: "Location",
  people: "Team",
  say: "Testimonials",
  ask: "Faq",
  news: "Newsletter",
  facts: "Facts",
};
const SLOTS: Record<Kind, Record<Slot, SectionName>> = {
  place: PLACE,
  service: { ...PLACE, when: "Steps", news: "Cta" },
  product: { ...PLACE, story: "Steps", when: "Compare", where: "Logos" },
  gathering: { ...PLACE, when: "Events" },
};

/** The list of directions is three columns of four; a round takes one of each column, four rounds take each direction once. */
const ROUNDS = 4;
const COLUMNS = 3;
/** Between the first screen and the form. */
const MOST_SECTIONS = 6;
/** Degrees between the hues of two editions: never the same again. */
const EDITION_HUE = 137;

/** `round` counts how often other directions were asked for; `letter` tells variants beyond the first three apart. */
export function planPage(brief: Brief, seed: string, position: number, round = 0): Page {
  const { direction, edition } = draw(seed, position, round);
  return pageOf(brief, direction, { seed, position, round, edition });
}

type Drawn = { seed: string; position: number; round: number; edition: number };

export function pageOf(brief: Brief, direction: Direction, { seed, position, round, edition }: Drawn): Page {
  const hue = brief.hue ?? brief.subject.hue + edition * EDITION_HUE;
  return {
    brief,
    direction,
    edition,
    round,
    palette: grounded(paletteOf(direction.family, hue), brief.ground),
    order: orderOf(brief, direction, edition),
    layouts: layoutsOf(direction, edition),
    headline: headlineOf(brief, seed, position, round),
  };
}

/** Which direction stands at a place of a round. The seed says how the columns are dealt against each other. */
function draw(seed: string, position: number, round: number): { direction: Direction; edition: number } {
  const random = randomOf(seed, "directions");
  const start = random.below(ROUNDS);
  const shift = random.below(ROUNDS);
  const column = (position + random.below(COLUMNS)) % COLUMNS;
  const row = (round + start + shift * column) % ROUNDS;
  // Sets of more than three take later editions, so that none repeats another.
  const edition = Math.floor(round / ROUNDS) + Math.floor(position / COLUMNS) * 7;
  return { direction: directions[column * ROUNDS + row] as Direction, edition };
}

/** Each place says it in other words. */
function headlineOf({ subject }: Brief, seed: string, position: number, round: number): string {
  const start = randomOf(seed, "headline").below(subject.headlines.length);
  return subject.headlines[(start + position + round * 3) % subject.headlines.length] as string;
}

/** What was asked for is on the page, whatever the direction would leave out. */
function orderOf(brief: Brief, { order: slots, layouts }: Direction, edition: number): SectionName[] {
  const own = slots.map((slot) => SLOTS[brief.subject.kind][slot]);
  const turned = edition % 2 === 1 ? own.reverse() : own;
  const middle: SectionName[] = [...new Set(turned)];
  for (const name of brief.wants) if (!middle.includes(name) && !isFixed(name)) middle.push(name);
  shorten(middle, brief.wants);
  if (brief.wants.has("Hours")) raise(middle, "Hours");
  const top: SectionName[] =
    layouts.Banner || brief.wants.has("Banner") ? ["Banner", "Nav", "Hero"] : ["Nav", "Hero"];
  return [...top, ...middle, "Contact", "Footer"];
}

/** A page that asks for much gives up what nobody asked for. */
function shorten(order: SectionName[], wants: ReadonlySet<SectionName>): void {
  for (let at = order.length - 1; at >= 0 && order.length > MOST_SECTIONS; at--)
    if (!wants.has(order[at] as SectionName)) order.splice(at, 1);
}

function isFixed(name: SectionName): boolean {
  return ["Banner", "Nav", "Hero", "Contact", "Footer"].includes(name);
}

/** What the prompt names does not stand last. */
function raise(order: SectionName[], name: SectionName): void {
  const at = order.indexOf(name);
  if (at === order.length - 1 && at > 1) order.splice(at - 1, 0, ...order.splice(at, 1));
}

/** Later editions take the next layout of each section, apart from the hero, which is the direction's face. */
function layoutsOf({ layouts }: Direction, edition: number): Required<Layouts> {
  const chosen = Object.entries(LAYOUTS).map(([name, all]) => {
    const own = Math.max(0, (all as readonly string[]).indexOf(layouts[name as SectionName] ?? ""));
    const step = name === "Hero" ? 0 : edition;
    return [name, all[(own + step) % all.length]];
  });
  return Object.fromEntries(chosen) as Required<Layouts>;
}

/** "Dark" in the first prompt holds in every direction. */
function grounded(palette: Palette, ground: Brief["ground"]): Palette {
  const isDark = palette.paper.l < 0.55;
  if (ground === null || (ground === "dark") === isDark) return palette;
  const { h, c } = palette.paper;
  const paper = ground === "dark" ? colour(0.2, Math.min(c, 0.03), h) : colour(0.975, Math.min(c, 0.012), h);
  const surface = { ...paper, l: paper.l + (ground === "dark" ? 0.055 : -0.03) };
  const accent = { ...palette.accent, l: ground === "dark" ? 0.8 : 0.48 };
  return completed({ paper, surface, accent, second: palette.second });
}
