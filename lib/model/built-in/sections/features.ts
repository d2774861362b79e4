/** What makes it what it is: a list, around the first of them, cards, or beside pictures. */
import { data, PICTURE, section, titleOf, type Writer } from "./write.ts";

export const Features: Writer = (page) => {
  const { motifs, features } = page.brief.subject;
  const title = titleOf(page, "Features");
  const layout = page.layouts.Features;
  const withPictures = layout === "cards" || layout === "zigzag";
  const rows = data(
    "features",
    features.map(([name, text], index) => ({
      title: name,
      text,
      ...(withPictures ? { picture: motifs[index + 1] ?? motifs[0] } : {}),
    })),
  ).replace(/\];\n\n$/, withPictures ? "] as const;\n\n" : "];\n\n");
  if (layout === "list")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title">${title}</h2>
        <ol className="mt-10">
          {features.map((feature, index) => (
            <li key={feature.title} className="grid gap-x-8 gap-y-2 border-t border-line py-7 last:border-b md:grid-cols-12">
              <span className="label text-accent md:col-span-2">{String(index + 1).padStart(2, "0")}</span>
              <h3 className="text-2xl md:col-span-4">{feature.title}</h3>
              <p className="text-muted md:col-span-6">{feature.text}</p>
            </li>
          ))}
        </ol>
      </div>`,
      { data: rows },
    );
  if (layout === "lead")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title" className="max-w-3xl">${title}</h2>
        <div className="mt-10 grid gap-x-10 gap-y-8 md:grid-cols-2">
          {features.map((feature, index) => (
            <div key={feature.title} className={index === 0 ? "border-t-4 border-accent pt-5 md:row-span-2" : "border-t border-line pt-5"}>
              <h3 className={index === 0 ? "text-4xl" : "text-2xl"}>{feature.title}</h3>
              <p className={index === 0 ? "mt-4 text-xl" : "mt-2 text-muted"}>{feature.text}</p>
            </div>
          ))}
        </div>
      </div>`,
      { data: rows },
    );
  if (layout === "cards")
    return section(
      "Features",
      `      <div className="wrap">
        <h2 id="features-title" className="max-w-2xl${page.layouts.Hero === "axis" ? " mx-auto text-center" : ""}">${title}</h2>
        <ul className="mt-12 grid gap-6 md:grid-cols-[3fr_2fr]">
          {features.map((feature, index) => (
            <li
              key={feature.title}
              className={\`card flex overflow-hidden \${index === 0 ? "flex-col md:row-span-2" : "items-center"}\`}
            >
              <Picture
                of={feature.picture}
                className={\`rounded-none \${index === 0 ? "aspect-4/3 md:aspect-auto md:flex-1" : "aspect-square w-2/5 shrink-0 self-stretch"}\`}
              />
              <div className="p-6">
                <h3 className={index === 0 ? "text-3xl" : "text-2xl"}>{feature.title}</h3>
                <p className="mt-2 text-muted">{feature.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>`,
      { imports: [PICTURE], data: rows },
    );
  return section(
    "Features",
    `      <div className="wrap">
        <h2 id="features-title">${title}</h2>
        <ul className="mt-12 grid gap-12 md:gap-16">
          {features.map((feature, index) => (
            <li key={feature.title} className="grid items-center gap-6 md:grid-cols-2 md:gap-16">
              <Picture of={feature.picture} className={\`aspect-3/2 \${index % 2 === 1 ? "md:order-2" : ""}\`} />
              <div>
                <h3 className="text-3xl">{feature.title}</h3>
                <p className="mt-3 max-w-md text-lg text-muted">{feature.text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>`,
    { imports: [PICTURE], data: rows },
  );
};
