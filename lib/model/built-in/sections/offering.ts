/** Sections of facts to act on: prices, comparison, dates, hours, the way there, partners. */
import { pricesOf } from "../understand.ts";
import { component, data, PICTURE, section, titleOf, type Writer } from "./write.ts";

export const Pricing: Writer = (page) => {
  const title = titleOf(page, "Pricing");
  const rows = data(
    "rows",
    pricesOf(page.brief).map(([item, price]) => ({ item, price })),
  );
  const note = `<p className="mt-6 text-sm text-muted">Sample prices. Put your own in their place.</p>`;
  if (page.layouts.Pricing === "leaders")
    return section(
      "Pricing",
      `      <div className="wrap grid gap-x-16 gap-y-8 md:grid-cols-[5fr_7fr]">
        <h2 id="offer-title">${title}</h2>
        <div>
          <dl className="text-lg">
            {rows.map((row) => (
              <div key={row.item} className="flex items-baseline gap-3 py-3">
                <dt>{row.item}</dt>
                <span aria-hidden="true" className="flex-1 border-b border-dotted border-muted" />
                <dd className="font-medium tabular-nums">{row.price}</dd>
              </div>
            ))}
          </dl>
          ${note}
        </div>
      </div>`,
      { data: rows },
    );
  if (page.layouts.Pricing === "cards")
    return section(
      "Pricing",
      `      <div className="wrap">
        <h2 id="offer-title">${title}</h2>
        <dl className="mt-10 grid grid-cols-2 gap-3 sm:gap-5 lg:grid-cols-4">
          {rows.map((row, index) => (
            <div key={row.item} className={\`card flex min-h-36 flex-col justify-between gap-4 p-5 sm:min-h-44 sm:p-6 \${index === 0 ? "bg-accent text-accent-ink" : ""}\`}>
              <dt className="text-lg font-medium">{row.item}</dt>
              <dd className="font-display text-2xl tabular-nums sm:text-4xl">{row.price}</dd>
            </div>
          ))}
        </dl>
        ${note}
      </div>`,
      { data: rows },
    );
  return section(
    "Pricing",
    `      <div className="wrap">
        <h2 id="offer-title">${title}</h2>
        <table className="mt-8 w-full text-left">
          <caption className="sr-only">${title}</caption>
          <thead className="label text-muted">
            <tr className="border-b-2 border-ink">
              <th scope="col" className="py-3 font-normal">
                No.
              </th>
              <th scope="col" className="py-3 font-normal">
                Item
              </th>
              <th scope="col" className="py-3 text-right font-normal">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.item} className="border-b border-line">
                <td className="w-16 py-4 text-muted tabular-nums md:w-40">{index + 1}</td>
                <th scope="row" className="py-4 text-lg font-medium">
                  {row.item}
                </th>
                <td className="py-4 text-right text-lg tabular-nums">{row.price}</td>
              </tr>
            ))}
          </tbody>
        </table>
        ${note}
      </div>`,
    { data: rows },
  );
};

export const Compare: Writer = (page) => {
  const title = titleOf(page, "Compare");
  const [one = ["", ""], two = ["", ""], three = ["", ""]] = page.brief.subject.features;
  const rows = data("rows", [
    { what: one[0], here: "Yes", elsewhere: "Sometimes" },
    { what: two[0], here: "Yes", elsewhere: "At extra cost" },
    { what: three[0], here: "Yes", elsewhere: "Rarely" },
  ]);
  if (page.layouts.Compare === "table")
    return section(
      "Compare",
      `      <div className="wrap">
        <h2 id="compare-title">${title}</h2>
        <table className="mt-8 w-full text-left">
          <caption className="sr-only">${title}</caption>
          <thead>
            <tr className="border-b-2 border-ink">
              <td />
              <th scope="col" className="px-4 py-3 text-accent">
                Here
              </th>
              <th scope="col" className="py-3 font-normal text-muted">
                Elsewhere
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.what} className="border-b border-line">
                <th scope="row" className="py-4 pr-4 font-medium">
                  {row.what}
                </th>
                <td className="bg-surface px-4 py-4 font-semibold">{row.here}</td>
                <td className="py-4 pl-2 text-muted">{row.elsewhere}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>`,
      { data: rows },
    );
  return section(
    "Compare",
    `      <div className="wrap">
        <h2 id="compare-title">${title}</h2>
        <div className="mt-10 grid gap-6 md:grid-cols-2">
          <div className="card bg-accent p-8 text-accent-ink">
            <h3>Here</h3>
            <ul className="mt-4 grid gap-2 text-lg">
              {rows.map((row) => (
                <li key={row.what}>✓ {row.what}</li>
              ))}
            </ul>
          </div>
          <div className="card p-8">
            <h3>Elsewhere</h3>
            <ul className="mt-4 grid gap-2 text-lg text-muted">
              {rows.map((row) => (
                <li key={row.what}>
                  {row.what}: {row.elsewhere.toLowerCase()}
                </li>
              ))}
            </ul>
          </div>
        </div>
      </div>`,
    { data: rows },
  );
};

export const Events: Writer = (page) => {
  const title = titleOf(page, "Events");
  const days = ["Friday", "Saturday", "Sunday"];
  const times = ["18:00", "10:00", "11:00"];
  const rows = data(
    "dates",
    page.brief.subject.steps.map(([name, text], index) => ({
      day: days[index] ?? "",
      time: times[index] ?? "",
      title: name,
      text,
    })),
  );
  if (page.layouts.Events === "rows")
    return section(
      "Events",
      `      <div className="wrap">
        <h2 id="programme-title">${title}</h2>
        <ol className="mt-10">
          {dates.map((date) => (
            <li key={date.day} className="grid gap-x-8 gap-y-1 border-t border-ink py-6 last:border-b md:grid-cols-[12rem_1fr_2fr]">
              <p className="font-display text-2xl">
                {date.day} <span className="text-muted tabular-nums">{date.time}</span>
              </p>
              <h3 className="text-2xl">{date.title}</h3>
              <p className="text-muted">{date.text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-muted">Sample dates. Put your own in their place.</p>
      </div>`,
      { data: rows },
    );
  return section(
    "Events",
    `      <div className="wrap">
        <h2 id="programme-title">${title}</h2>
        <ol className="mt-10 grid gap-5 md:grid-cols-3">
          {dates.map((date) => (
            <li key={date.day} className="card p-7">
              <p className="label">
                {date.day}, {date.time}
              </p>
              <h3 className="mt-8 text-3xl">{date.title}</h3>
              <p className="mt-2 text-muted">{date.text}</p>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-sm text-muted">Sample dates. Put your own in their place.</p>
      </div>`,
    { data: rows },
  );
};

export const Hours: Writer = (page) => {
  const title = titleOf(page, "Hours");
  const { layouts, brief } = page;
  const week = data("week", [
    { day: "Monday", hours: "closed" },
    { day: "Tuesday to Friday", hours: "7:00 – 17:00" },
    { day: "Saturday", hours: "7:00 – 14:00" },
    { day: "Sunday", hours: "8:00 – 12:00" },
  ]);
  const note = `Sample hours of the ${brief.subject.noun}. Put your own in their place.`;
  if (layouts.Hours === "board")
    return section(
      "Hours",
      `      <div className="wrap grid gap-6 md:grid-cols-2">
        <div className="card p-8 md:p-12">
          <h2 id="hours-title">${title}</h2>
          <dl className="mt-8 grid gap-3">
            {week.map((row) => (
              <div key={row.day} className="flex justify-between gap-4 border-b border-line pb-3">
                <dt>{row.day}</dt>
                <dd className="font-semibold tabular-nums">{row.hours}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-6 text-sm text-muted">${note}</p>
        </div>
        <Picture of="${brief.subject.motifs[3]}" className="card aspect-4/3 h-full" />
      </div>`,
      { imports: [PICTURE], data: week },
    );
  if (layouts.Hours === "band")
    return section(
      "Hours",
      `      <div className="wrap">
        <h2 id="hours-title">${title}</h2>
        <dl className="mt-10 grid gap-8 sm:grid-cols-2 lg:grid-cols-4">
          {week.map((row) => (
            <div key={row.day} className="border-t-2 border-current pt-4">
              <dt>{row.day}</dt>
              <dd className="mt-1 font-display text-3xl">{row.hours}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-8 text-sm">${note}</p>
      </div>`,
      { data: week, ground: "bg-accent text-accent-ink" },
    );
  return section(
    "Hours",
    `      <div className="wrap grid gap-x-16 gap-y-8 md:grid-cols-[5fr_7fr]">
        <div>
          <h2 id="hours-title">${title}</h2>
          <p className="mt-4 max-w-xs text-muted">${note}</p>
        </div>
        <table className="w-full self-start text-left">
          <caption className="sr-only">${title} by day</caption>
          <tbody>
            {week.map((row) => (
              <tr key={row.day} className="border-t border-line">
                <th scope="row" className="py-4 pr-4 font-normal">
                  {row.day}
                </th>
                <td className="py-4 text-right tabular-nums">{row.hours}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>`,
    { data: week },
  );
};

export const Location: Writer = (page) => {
  const title = titleOf(page, "Location");
  const address = "12 Mill Lane, opposite the old pump";
  if (page.layouts.Location === "map")
    return section(
      "Location",
      `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <div>
          <h2 id="location-title">${title}</h2>
          <address className="lead mt-5 not-italic">${address}</address>
          <p className="mt-3 text-muted">Two minutes from the bus. Sample address: put your own in its place.</p>
        </div>
        <svg viewBox="0 0 600 340" role="img" aria-label="A plan of the streets around" className="art">
          <rect className="ground" width="600" height="340" />
          <path className="b1" d="M0 60h150v90H0ZM190 0h150v150H190ZM380 0h220v80H380ZM0 190h150v150H0ZM190 190h110v60H190ZM460 180h140v160H460Z" />
          <path className="t2" d="M380 120h180v40l-40 40h-60v140H300V190h80Z" opacity="0.55" />
          <path className="b3" d="M0 170h600M170 0v340M360 0v340M360 100h240" />
          <path className="t1" d="M360 132c-24 0-38-16-38-38a38 38 0 0 1 76 0c0 22-14 38-38 76 0-14 0-24 0-38Z" />
          <circle className="t4" cx="360" cy="94" r="14" />
        </svg>
      </div>`,
    );
  return section(
    "Location",
    `      <div className="wrap flex flex-wrap items-baseline justify-between gap-x-12 gap-y-4 border-t border-line pt-8">
        <h2 id="location-title">${title}</h2>
        <address className="lead not-italic">${address}</address>
        <p className="text-muted">Two minutes from the bus (sample address).</p>
      </div>`,
  );
};

export const Logos: Writer = (page) => {
  const title = titleOf(page, "Logos");
  const rows = `const partners = ["Northwind", "Halden & Co", "Oak Street", "Ferrybank", "Plume"];\n\n`;
  if (page.layouts.Logos === "row")
    return component(
      "Logos",
      `<section id="partners" aria-label="${title}" className="border-y border-line py-8">
      <div className="wrap flex flex-wrap items-baseline justify-between gap-x-10 gap-y-4">
        <p className="text-sm text-muted">${title} (samples)</p>
        {partners.map((partner) => (
          <p key={partner} className="font-display text-xl">
            {partner}
          </p>
        ))}
      </div>
    </section>`,
      { data: rows },
    );
  return section(
    "Logos",
    `      <div className="wrap">
        <h2 id="partners-title" className="text-center">${title}</h2>
        <ul className="mt-10 flex flex-wrap justify-center gap-4">
          {partners.map((partner) => (
            <li key={partner} className="card px-8 py-5 font-display text-xl">
              {partner}
            </li>
          ))}
        </ul>
        <p className="mt-4 text-center text-sm text-muted">Sample names. Put your own in their place.</p>
      </div>`,
    { data: rows },
  );
};
