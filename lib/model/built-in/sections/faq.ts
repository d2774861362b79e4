/** Questions, one open at a time or all in view. */
import { data, section, titleOf, USE_STATE, type Writer } from "./write.ts";

export const Faq: Writer = (page) => {
  const title = titleOf(page, "Faq");
  const rows = data(
    "questions",
    page.brief.subject.questions.map(([question, answer]) => ({ question, answer })),
  );
  if (page.layouts.Faq === "open")
    return section(
      "Faq",
      `      <div className="wrap">
        <h2 id="questions-title">${title}</h2>
        <dl className="mt-10 grid gap-x-10 gap-y-8 md:grid-cols-3">
          {questions.map((item) => (
            <div key={item.question} className="border-t border-line pt-5">
              <dt className="text-lg font-semibold">{item.question}</dt>
              <dd className="mt-2 text-muted">{item.answer}</dd>
            </div>
          ))}
        </dl>
      </div>`,
      { data: rows },
    );
  return section(
    "Faq",
    `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="questions-title">${title}</h2>
        <div className="border-b border-line">
          {questions.map((item, index) => (
            <div key={item.question} className="border-t border-line">
              <h3 className="font-(family-name:--font-body) tracking-normal normal-case">
                <button
                  type="button"
                  className="flex w-full items-baseline gap-4 py-5 text-left text-lg font-medium"
                  aria-expanded={open === index}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  <span className="flex-1">{item.question}</span>
                  <span aria-hidden="true" className="text-accent">
                    {open === index ? "–" : "+"}
                  </span>
                </button>
              </h3>
              {open === index ? <p className="max-w-prose pb-6 text-muted">{item.answer}</p> : null}
            </div>
          ))}
        </div>
      </div>`,
    { imports: [USE_STATE], data: rows, state: "  const [open, setOpen] = useState<number | null>(0);\n" },
  );
};
