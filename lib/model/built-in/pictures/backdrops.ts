/** What stands behind the objects of a picture, on a box of 400 × 300. b1 and b2 are tints, b3 a thin line. */
export const backdrops = {
  plain: [],
  arch: [`<path className="b1" d="M80 300V160a120 120 0 0 1 240 0v140Z" />`],
  sun: [
    `<circle className="b1" cx="200" cy="150" r="128" />`,
    `<path className="b2" d="M0 244h400v56H0Z" />`,
  ],
  rays: [
    `<path className="b1" d="M200 150 0-60h90ZM200 150 160-80h80ZM200 150 310-60h90ZM200 150 480 40v90ZM200 150 480 190v90ZM200 150 400 360h-90ZM200 150 240 380h-80ZM200 150 90 360H0ZM200 150-80 280v-90ZM200 150-80 130V40Z" />`,
  ],
  grid: [
    `<path className="b3" d="M0 50h400M0 100h400M0 150h400M0 200h400M0 250h400M50 0v300M100 0v300M150 0v300M200 0v300M250 0v300M300 0v300M350 0v300" />`,
  ],
  hills: [
    `<circle className="b2" cx="310" cy="84" r="44" />`,
    `<path className="b1" d="M0 300V210c70-50 130-40 200 0s140 40 200-10v100Z" />`,
  ],
  moon: [
    `<circle className="b2" cx="200" cy="140" r="124" />`,
    `<circle className="b1" cx="200" cy="140" r="92" />`,
    `<path className="b3" d="M40 50h4M352 36h4M90 120h4M330 130h4M64 214h4M366 214h4" />`,
  ],
  table: [`<path className="b1" d="M0 232h400v68H0Z" />`],
  rings: [
    `<path className="b3" d="M200 20a130 130 0 0 1 0 260 130 130 0 0 1 0-260ZM200 8a142 142 0 0 1 0 284 142 142 0 0 1 0-284ZM0 150h58M342 150h58" />`,
  ],
} satisfies Record<string, string[]>;

export type Backdrop = keyof typeof backdrops;
