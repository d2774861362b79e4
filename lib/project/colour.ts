/** OKLCH colours and their contrast (Björn Ottosson's OKLab; WCAG 2.2 relative luminance). Lightness 0–1, hue in degrees. */
export type Colour = { l: number; c: number; h: number };

export const colour = (l: number, c: number, h: number): Colour => ({ l, c, h });

export function css({ l, c, h }: Colour): string {
  return `oklch(${round(l)} ${round(c)} ${Math.round(h)})`;
}

export function parseOklch(text: string): Colour | null {
  const match = /oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+([\d.]+)/.exec(text);
  if (!match) return null;
  return { l: Number(match[1]) / (match[2] ? 100 : 1), c: Number(match[3]), h: Number(match[4]) };
}

export function fromHex(hex: string): Colour {
  const whole = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(whole.slice(at, at + 2), 16) / 255),
  );
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const bb = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  return { l, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}

export function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Moves the lightness away from the ground until the contrast is reached. */
export function readable(text: Colour, ground: Colour, least = 4.6): Colour {
  const step = luminance(ground) > 0.18 ? -0.01 : 0.01;
  let found = text;
  while (contrast(found, ground) < least && found.l > 0 && found.l < 1)
    found = { ...found, l: Math.min(1, Math.max(0, found.l + step)) };
  return found;
}

/** Black or white paper, whichever reads better on the colour. */
export function inkOn(ground: Colour): Colour {
  const light = colour(0.985, 0.005, ground.h);
  const dark = colour(0.18, 0.01, ground.h);
  return contrast(light, ground) >= contrast(dark, ground) ? light : dark;
}

function luminance({ l, c, h }: Colour): number {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** Hex, oklch(), rgb() and hsl(), as style sheets hold them; null for names and for what refers to other tokens. */
export function parseColour(text: string): Colour | null {
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(text)?.[0];
  if (hex) return fromHex(hex);
  const numbers = [...text.matchAll(/-?[\d.]+/g)].map(Number);
  const [one = 0, two = 0, three = 0] = numbers;
  if (/\brgba?\(/.test(text)) return fromHex(hexOf([one / 255, two / 255, three / 255]));
  if (/\bhsla?\(/.test(text)) return fromHex(hexOf(fromHsl(one, two / 100, three / 100)));
  return parseOklch(text);
}

function fromHsl(hue: number, saturation: number, lightness: number): number[] {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((offset) => {
    const turn = (offset + hue / 30) % 12;
    return lightness - strength * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
  });
}

function hexOf(channels: readonly number[]): string {
  return `#${channels
    .map((value) =>
      Math.round(clamp(value) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
