/** Where it is, with a plan of the streets around. */
import { section, titleOf, type Writer } from "./write.ts";

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
