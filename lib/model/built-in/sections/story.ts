/** How it began. */
import { capital, isPlural, withArticle } from "../english.ts";
import type { Page } from "../plan.ts";
import { PICTURE, section, titleOf, type Writer } from "./write.ts";

const PERSON =
  /(?:architect|chef|[a-z]{3,}(?:ist|ician|grapher|mber|iter|cher|chanic|penter|signer|awyer|ainter|baker|doctor|gardener|builder|tailor|singer|dancer))\b/i;

/** "Mill Lane is a village bakery." in front of the subject's own story, where that is a sentence. */
function storyOf({ brief }: Page): string {
  const { kind, name, subject } = brief;
  const isName = name.toLowerCase().replace(/^the /, "") === kind?.toLowerCase();
  if (!kind || isName || subject.id === "wedding" || PERSON.test(kind)) return subject.story;
  return `${capital(name)} ${isPlural(kind) ? `offers ${kind}` : `is ${withArticle(kind)}`}. ${subject.story}`;
}

export const Story: Writer = (page) => {
  const title = titleOf(page, "Story");
  if (page.layouts.Story === "picture")
    return section(
      "Story",
      `      <div className="wrap grid items-center gap-10 md:grid-cols-2 md:gap-16">
        <Picture of="${page.brief.subject.motifs[1]}" className="aspect-4/3 md:aspect-square" />
        <div>
          <h2 id="story-title">${title}</h2>
          <p className="lead mt-6">${storyOf(page)}</p>
        </div>
      </div>`,
      { imports: [PICTURE] },
    );
  return section(
    "Story",
    `      <div className="wrap grid gap-x-8 gap-y-4 md:grid-cols-12">
        <h2 id="story-title" className="text-[1.25rem] md:col-span-3">${title}</h2>
        <p className="font-display text-[clamp(1.5rem,3.2vw,2.75rem)] leading-[1.2] tracking-tight md:col-span-9">
          ${storyOf(page)}
        </p>
      </div>`,
  );
};
