/** One line above everything. */
import { inverse } from "./around.ts";
import { actionOf, component, type Writer } from "./write.ts";

export const Banner: Writer = (page) => {
  const { headlines } = page.brief.subject;
  const said = headlines.find((each) => each !== page.headline) ?? page.headline;
  if (page.layouts.Banner === "line")
    return component(
      "Banner",
      `<aside id="notice" aria-label="Notice" className="${inverse(page)} px-6 py-2 text-center text-sm">
      ${said}.{" "}
      <a href="#contact" className="underline underline-offset-4">
        ${actionOf(page)}
      </a>
    </aside>`,
    );
  return component(
    "Banner",
    `<aside id="notice" aria-label="Notice" className="overflow-hidden ${inverse(page)} py-2 text-sm">
      <p className="sr-only">${said}</p>
      <p aria-hidden="true" className="flex gap-8 whitespace-nowrap">
        {Array.from({ length: 12 }, (_, index) => (
          <span key={index}>${said} ✳</span>
        ))}
      </p>
    </aside>`,
  );
};
