/** Pictures of its objects. */
import type { Page } from "../plan.ts";
import { data, PICTURE, section, titleOf, type Writer } from "./write.ts";

const CAPTIONS: Record<Page["brief"]["subject"]["kind"], string[]> = {
  place: ["In the morning", "By hand", "Towards evening", "After closing"],
  service: ["Before", "On the way", "Done", "A year later"],
  product: ["An ordinary Tuesday", "Sorted", "The month at a glance", "Friday, five o’clock"],
  gathering: ["Before the doors open", "In between", "The long evening", "Packing up"],
};

export const Gallery: Writer = (page) => {
  const { motifs } = page.brief.subject;
  const title = titleOf(page, "Gallery");
  const scenes = page.layouts.Gallery === "trio" ? ["one", "one", "one"] : ["one", "field", "one", "row"];
  const layout = page.layouts.Gallery;
  const count = layout === "strip" ? 4 : 3;
  const tiles = data(
    "tiles",
    Array.from({ length: count }, (_, at) => ({
      picture: motifs[(at + 1) % 4] ?? motifs[0],
      scene: scenes[at] ?? "one",
      caption: CAPTIONS[page.brief.subject.kind][at] ?? "",
    })),
  ).replace(/\];\n\n$/, "] as const;\n\n");
  const figure = (
    classes: string,
    picture: string,
  ) => `            <figure key={tile.caption} className=${classes}>
              <Picture of={tile.picture} scene={tile.scene} label={tile.caption} className=${picture} />
              <figcaption className="mt-3 text-sm text-muted">{tile.caption}</figcaption>
            </figure>`;
  if (layout === "trio")
    return section(
      "Gallery",
      `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
        <div className="mt-10 grid gap-6 md:grid-cols-3">
          {tiles.map((tile, index) => (
${figure('{index === 1 ? "md:mt-20" : ""}', '"aspect-4/5"')}
          ))}
        </div>
      </div>`,
      { imports: [PICTURE], data: tiles },
    );
  if (layout === "mosaic")
    return section(
      "Gallery",
      `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
        <div className="mt-10 grid gap-5 md:grid-cols-2">
          {tiles.map((tile, index) => (
${figure('{index === 0 ? "md:col-span-2" : ""}', '{index === 0 ? "aspect-2/1" : "aspect-4/3"}')}
          ))}
        </div>
      </div>`,
      { imports: [PICTURE], data: tiles },
    );
  return section(
    "Gallery",
    `      <div className="wrap">
        <h2 id="gallery-title">${title}</h2>
      </div>
      {/* Scrolls sideways, also by keyboard. */}
      <div role="group" aria-label="${title}, scrolls sideways" tabIndex={0} className="mt-10 flex snap-x gap-4 overflow-x-auto px-[clamp(1.25rem,4vw,3rem)] pb-4">
          {tiles.map((tile) => (
${figure('"w-[78vw] max-w-md shrink-0 snap-center"', '"aspect-square"')}
          ))}
      </div>`,
    { imports: [PICTURE], data: tiles },
  );
};
