/** The two files that a page's pictures are made of: the objects it shows, and the frame that sets them in a scene. */
import type { Direction } from "../directions.ts";
import { backdrops } from "./backdrops.ts";
import { type Motif, motifs } from "./motifs.ts";
import { tiles } from "./treatments.ts";

const capital = (name: string) => (name[0]?.toUpperCase() ?? "") + name.slice(1);
const unique = (names: readonly Motif[]) => [...new Set(names)].sort();

export function motifsFile(names: readonly Motif[]): string {
  const parts = unique(names).map(
    (name) => `export function ${capital(name)}() {
  return (
    <>
${motifs[name].map((shape) => `      ${shape}`).join("\n")}
    </>
  );
}
`,
  );
  return `/** Objects on a square of 200. Their tones (t1 to t4) and lines (l, k) are coloured in index.css. */\n${parts.join("\n")}`;
}

/** Stands in until the objects are drawn, so that the page is there early. */
export function pictureOutline(names: readonly Motif[]): string {
  return `type PictureProps = { of: ${union(names)}; scene?: "one" | "row" | "field"; label?: string; className?: string };

export default function Picture({ className = "" }: PictureProps) {
  return <svg viewBox="0 0 400 300" className={\`art \${className}\`} aria-hidden="true" />;
}
`;
}

export function pictureFile(names: readonly Motif[], { treatment, backdrop }: Direction): string {
  const used = unique(names);
  const tile = tiles[treatment];
  const behind = backdrops[backdrop].map((shape) => `\n      ${shape}`).join("");
  const style = `\n      style={{ "--tile": \`url(#\${id})\` } as CSSProperties}`;
  const pattern = tile
    ? `
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">
        ${tile}
      </pattern>`
    : "";
  return `${tile ? 'import { type CSSProperties, useId } from "react";\n' : ""}import { ${used.map(capital).join(", ")} } from "./motifs";

const motifs = { ${used.map((name) => `${name}: ${capital(name)}`).join(", ")} };

const places = {
  one: ["translate(92 42) scale(1.08)"],
  row: [20, 112, 204, 296].map((x) => \`translate(\${x} 108) scale(0.42)\`),
  field: Array.from({ length: 20 }, (_, n) => \`translate(\${(n % 5) * 96 - (n % 10 < 5 ? 44 : 0)} \${Math.floor(n / 5) * 84 - 12}) scale(0.34)\`),
};

type PictureProps = {
  of: keyof typeof motifs;
  scene?: keyof typeof places;
  label?: string;
  className?: string;
};

/** A drawing in the page's own colours; without a label it is decoration. */
export default function Picture({ of, scene = "one", label, className = "" }: PictureProps) {
  const Motif = motifs[of];${tile ? "\n  const id = useId();" : ""}
  return (
    <svg
      viewBox="0 0 400 300"
      preserveAspectRatio="xMidYMid slice"
      className={\`art \${className}\`}${tile ? style : ""}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >${pattern}
      <rect className="ground" width="400" height="300" />${behind}
      <g className="objects">
        {places[scene].map((place) => (
          <g key={place} transform={place}>
            <Motif />
          </g>
        ))}
      </g>
    </svg>
  );
}
`;
}

function union(names: readonly Motif[]): string {
  return unique(names)
    .map((name) => `"${name}"`)
    .join(" | ");
}
