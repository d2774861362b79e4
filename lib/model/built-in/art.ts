/** Drawings without a network: a few strokes per subject, in the page's accent. The box is 320 × 240. */
import type { Subject } from "./subjects.ts";

const STROKE =
  'fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round"';

const drawings: Record<Subject["art"], string> = {
  loaf: `<path d="M50 170c-18-52 30-92 110-92s128 40 110 92c-4 14-216 14-220 0Z" fill="currentColor" opacity="0.18" />
<path d="M50 170c-18-52 30-92 110-92s128 40 110 92c-4 14-216 14-220 0Z" ${STROKE} />
<path d="M104 96c10 16 12 34 6 52M158 84c10 18 12 40 6 60M212 96c10 16 12 34 6 52" ${STROKE} />`,
  cup: `<path d="M80 90h130v50c0 40-28 60-65 60s-65-20-65-60Z" fill="currentColor" opacity="0.18" />
<path d="M80 90h130v50c0 40-28 60-65 60s-65-20-65-60ZM210 104h16c30 0 30 46-4 48h-13M62 214h166" ${STROKE} />
<path d="M118 68c-10-14 10-20 0-36M146 68c-10-14 10-20 0-36M174 68c-10-14 10-20 0-36" ${STROKE} />`,
  leaf: `<path d="M160 214C90 180 84 96 160 26c76 70 70 154 0 188Z" fill="currentColor" opacity="0.18" />
<path d="M160 214C90 180 84 96 160 26c76 70 70 154 0 188Zm0 0V70M160 120l34-30M160 150l40-30M160 120l-34-30M160 150l-40-30" ${STROKE} />`,
  window: `<rect x="50" y="50" width="220" height="140" rx="6" fill="currentColor" opacity="0.14" />
<path d="M50 56h220v134H50ZM50 84h220M74 112h90M74 136h140M74 160h60" ${STROKE} />
<circle cx="232" cy="150" r="20" fill="currentColor" />`,
  arch: `<path d="M70 210V120a90 90 0 0 1 180 0v90Z" fill="currentColor" opacity="0.18" />
<path d="M70 210V120a90 90 0 0 1 180 0v90M110 210v-84a50 50 0 0 1 100 0v84M40 210h240M160 30v46" ${STROKE} />`,
  wave: `<circle cx="226" cy="80" r="34" fill="currentColor" opacity="0.3" />
<path d="M20 150c30-26 50-26 80 0s50 26 80 0 50-26 80 0 36 20 44 14M20 180c30-26 50-26 80 0s50 26 80 0 50-26 80 0 36 20 44 14M20 210c30-26 50-26 80 0s50 26 80 0 50-26 80 0 36 20 44 14" ${STROKE} />`,
  peak: `<path d="M20 210 120 50l52 84 30-44 98 120Z" fill="currentColor" opacity="0.18" />
<path d="M20 210 120 50l52 84 30-44 98 120ZM98 86l22 18 20-20M186 114l16 12 14-16" ${STROKE} />`,
  grid: `<path d="M60 40h60v60H60ZM200 120h60v60h-60Z" fill="currentColor" opacity="0.3" />
<path d="M60 40h200v160H60ZM60 93h200M60 146h200M127 40v160M193 40v160" ${STROKE} />
<circle cx="160" cy="120" r="26" fill="currentColor" />`,
};

export function artOf(name: Subject["art"]): string {
  return drawings[name];
}
