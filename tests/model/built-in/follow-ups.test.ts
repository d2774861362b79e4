/** Ten phrasings for every kind of follow-up: each does what it says, and nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import { rules } from "../../../lib/model/built-in/follow-ups/rules.ts";
import { pageFiles } from "../../../lib/model/built-in/page-files.ts";
import { planPage } from "../../../lib/model/built-in/plan.ts";
import { understand } from "../../../lib/model/built-in/understand.ts";
import { type Colour, contrast, parseColour } from "../../../lib/project/colour.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";
import { designedFiles, requestOf } from "./designed.ts";

type Files = ReadonlyMap<string, string>;
type Expectation = (after: Files, before: Files) => boolean;

const BAKERY =
  "A landing page for a village bakery, warm, with opening hours, prices, questions and a gallery";
const start = designedFiles({ text: BAKERY, seed: "follow-ups" });

const css = (files: Files) => files.get("/src/index.css") ?? "";
const app = (files: Files) => files.get("/src/App.tsx") ?? "";
const file = (name: string) => (files: Files) => files.get(`/src/components/${name}.tsx`) ?? "";
const token = (name: string) => (files: Files) =>
  new RegExp(`--${name}:\\s*([^;]+);`).exec(css(files))?.[1] ?? "";
const colourOf = (name: string) => (files: Files) =>
  parseColour(token(`color-${name}`)(files)) ?? { l: 0, c: 0, h: 0 };
const number = (name: string) => (files: Files) =>
  Number.parseFloat(token(name)(files).match(/[\d.]+(?=rem|px|%)|[\d.]+/)?.[0] ?? "NaN");
const more =
  (read: (files: Files) => number): Expectation =>
  (after, before) =>
    read(after) > read(before);
const less =
  (read: (files: Files) => number): Expectation =>
  (after, before) =>
    read(after) < read(before);
const has =
  (read: (files: Files) => string, text: string | RegExp): Expectation =>
  (after) =>
    typeof text === "string" ? read(after).includes(text) : text.test(read(after));
const not =
  (expectation: Expectation): Expectation =>
  (after, before) =>
    !expectation(after, before);
const near =
  (hue: number, name: string): Expectation =>
  (after) =>
    Math.abs(((colourOf(name)(after).h - hue + 540) % 360) - 180) < 25;
const order = (...names: string[]): Expectation =>
  has(app, new RegExp(names.map((name) => `<${name} />`).join("\\s*")));

const table: [kind: string, expected: Expectation, phrasings: string[]][] = [
  [
    "darker",
    (after) => colourOf("paper")(after).l < 0.4,
    [
      "darker",
      "make it darker",
      "dark mode please",
      "a dark version",
      "could you make it dark",
      "more night",
      "I’d like it darker",
      "dark theme",
      "turn it dark",
      "a lot darker",
    ],
  ],
  [
    "a bit darker",
    (after, before) =>
      colourOf("paper")(after).l < colourOf("paper")(before).l && colourOf("paper")(after).l > 0.6,
    [
      "a bit darker",
      "slightly darker",
      "a little darker",
      "a touch darker please",
      "make it a bit darker",
      "somewhat darker",
      "a shade darker",
      "just a tad darker",
      "make the page slightly darker",
      "a hair darker",
    ],
  ],
  [
    "lighter",
    more((files) => colourOf("paper")(files).l),
    [
      "lighter",
      "make it lighter",
      "brighter please",
      "a lighter page",
      "light mode",
      "whiter",
      "could you brighten it",
      "much lighter",
      "more daylight",
      "I would like it brighter",
    ],
  ],
  [
    "warmer",
    near(55, "paper"),
    [
      "warmer",
      "make it warmer",
      "warmer colours",
      "cosier",
      "a warmer feel",
      "more warmth",
      "can you make it warm",
      "sunnier",
      "the colours should be warmer",
      "much warmer please",
    ],
  ],
  [
    "cooler",
    near(240, "paper"),
    [
      "cooler",
      "make it cooler",
      "colder colours",
      "a cooler palette",
      "icier",
      "cool it",
      "much cooler",
      "can you make it colder",
      "the page should feel cooler",
      "cool tones",
    ],
  ],
  [
    "accent by name",
    near(150, "accent"),
    [
      "make it green",
      "green",
      "green accents",
      "use green",
      "I want green buttons",
      "a green accent",
      "change the accent to green",
      "the accent should be green",
      "green please",
      "could the links be green",
    ],
  ],
  [
    "accent by number",
    near(161, "accent"),
    [
      "use #1a7f5a",
      "#1a7f5a",
      "accent #1a7f5a",
      "make the accent #1a7f5a",
      "the accent should be #1a7f5a",
      "colour: #1a7f5a",
      "our brand colour is #1a7f5a",
      "set the colour to #1a7f5a",
      "please use #1a7f5a as accent",
      "try #1a7f5a",
    ],
  ],
  [
    "ground by name",
    near(255, "paper"),
    [
      "a blue background",
      "blue background",
      "make the background blue",
      "background in blue",
      "the ground should be blue",
      "change the background to blue",
      "set the background to blue",
      "I’d like a blue background",
      "blue paper",
      "use a blue ground",
    ],
  ],
  [
    "more colourful",
    more((files) => colourOf("accent")(files).c),
    [
      "more colourful",
      "more colorful",
      "more colour",
      "more vivid",
      "make it more vibrant",
      "stronger colours",
      "brighter colours",
      "it should pop more",
      "more saturated",
      "livelier",
    ],
  ],
  [
    "calmer colours",
    less((files) => colourOf("accent")(files).c),
    [
      "calmer colours",
      "calmer",
      "less colourful",
      "less saturated",
      "more muted",
      "tone it down",
      "quieter",
      "pastel",
      "softer colours",
      "more subdued",
    ],
  ],
  [
    "black and white",
    (after) => colourOf("accent")(after).c === 0,
    [
      "black and white",
      "make it black and white",
      "black & white",
      "monochrome",
      "greyscale",
      "grayscale please",
      "no colours",
      "without colour",
      "b/w",
      "a monochrome version",
    ],
  ],
  [
    "more contrast",
    (after, before) =>
      contrast(colourOf("ink")(after), colourOf("paper")(after)) >=
        contrast(colourOf("ink")(before), colourOf("paper")(before)) && css(after) !== css(before),
    [
      "more contrast",
      "higher contrast",
      "stronger contrast",
      "better contrast",
      "increase the contrast",
      "make it easier to read",
      "more legible",
      "more readable",
      "it is hard to read",
      "contrastier",
    ],
  ],
  [
    "swap the colours",
    (after, before) => Math.abs(colourOf("paper")(after).l - colourOf("paper")(before).l) > 0.3,
    [
      "swap the colours",
      "invert the colours",
      "invert colors",
      "reverse the palette",
      "flip the colours",
      "exchange the colours",
      "inverted colours",
      "switch the colours",
      "swap the palette",
      "invert the theme",
    ],
  ],
  [
    "dark mode that follows the system",
    has(css, "prefers-color-scheme"),
    [
      "a dark mode that follows the system",
      "automatic dark mode",
      "follow the system theme",
      "dark mode by system setting",
      "support light and dark mode",
      "both light and dark themes",
      "use the system’s dark mode",
      "automatically dark at night",
      "dark mode at night",
      "prefers-color-scheme dark mode",
    ],
  ],
  [
    "heading type",
    has(token("font-display"), "JetBrains"),
    [
      "mono headings",
      "headings in mono",
      "monospace headlines",
      "use a monospaced font",
      "typewriter type",
      "a technical font",
      "set the headlines in monospace",
      "make the headings mono",
      "a typewriter typeface",
      "I’d like monospace headings",
    ],
  ],
  [
    "body type",
    has(token("font-body"), "Newsreader"),
    [
      "body text in a serif",
      "serif body text",
      "set the body in serif",
      "paragraphs in a serif",
      "the running text should be serif",
      "serif for the paragraphs",
      "body copy in serif",
      "use a serif for body text",
      "make the body serif",
      "text in a serif",
    ],
  ],
  [
    "bigger headline",
    more(number("text-headline")),
    [
      "a bigger headline",
      "bigger headline",
      "make the headline bigger",
      "larger headings",
      "the headline should be larger",
      "huge headline",
      "increase the headline",
      "a much bigger title",
      "make the h1 bigger",
      "the headline could be bigger",
    ],
  ],
  [
    "smaller headline",
    less(number("text-headline")),
    [
      "a smaller headline",
      "smaller headline",
      "make the headline smaller",
      "smaller headings",
      "the headline is too big",
      "reduce the headline",
      "shrink the headline",
      "the title should be smaller",
      "a much smaller title",
      "the headline could be smaller",
    ],
  ],
  [
    "bigger text",
    more(number("text-size")),
    [
      "bigger text",
      "bigger",
      "larger type",
      "make the text bigger",
      "increase the font size",
      "larger text please",
      "the text is too small",
      "scale up",
      "text a bit bigger",
      "much larger",
    ],
  ],
  [
    "smaller text",
    less(number("text-size")),
    [
      "smaller text",
      "smaller",
      "make the text smaller",
      "smaller type",
      "reduce the font size",
      "the text is too big",
      "shrink the text",
      "scale down",
      "text a bit smaller",
      "decrease the font size",
    ],
  ],
  [
    "bolder headings",
    more(number("heading-weight")),
    [
      "bolder headings",
      "bolder",
      "make the headings bold",
      "heavier headlines",
      "bold headlines",
      "thicker headings",
      "more weight in the headings",
      "stronger headings",
      "headings in bold",
      "fatter headlines",
    ],
  ],
  [
    "thinner headings",
    less(number("heading-weight")),
    [
      "thinner headings",
      "thinner",
      "lighter headings",
      "less bold headings",
      "finer headlines",
      "thin headlines",
      "a lighter weight for headings",
      "make the headings thinner",
      "light headings",
      "more delicate headings",
    ],
  ],
  [
    "capitals",
    has(token("heading-case"), "uppercase"),
    [
      "headings in capitals",
      "uppercase headings",
      "all caps headlines",
      "headings in all caps",
      "capitals for the headings",
      "make the headings uppercase",
      "set headings in caps",
      "upper case titles",
      "headlines in uppercase",
      "use capitals",
    ],
  ],
  [
    "tighter",
    less(number("space-section")),
    [
      "tighter",
      "tighter please",
      "make it tighter",
      "denser",
      "more compact",
      "less space",
      "less air between sections",
      "too much white space",
      "closer together",
      "a bit tighter",
    ],
  ],
  [
    "airier",
    more(number("space-section")),
    [
      "airier",
      "more air",
      "make it airy",
      "more space",
      "more white space",
      "roomier",
      "let it breathe",
      "more spacious",
      "less cramped",
      "a bit more room",
    ],
  ],
  [
    "rounder",
    more(number("radius-card")),
    [
      "rounder corners",
      "rounder",
      "round corners",
      "rounded corners please",
      "make it rounder",
      "soft corners",
      "softer edges",
      "more radius",
      "curvier",
      "the corners should be rounder",
    ],
  ],
  [
    "no shadows",
    has(token("shadow-card"), "none"),
    [
      "no shadows",
      "flat",
      "remove the shadows",
      "without shadows",
      "make it flat",
      "no drop shadows",
      "no depth",
      "lose the shadows",
      "flat please",
      "drop the shadows",
    ],
  ],
  [
    "outlines",
    has(token("shadow-card"), "0 0 0 1px"),
    [
      "outlined cards",
      "outlines",
      "cards with an outline",
      "thin borders on cards",
      "borders",
      "give the cards a border",
      "bordered cards",
      "hairlines around the cards",
      "use outlines",
      "add borders to the cards",
    ],
  ],
  [
    "more depth",
    (after) => /rgb/.test(token("shadow-card")(after)),
    [
      "more depth",
      "more shadow",
      "add shadows",
      "softer shadows with more depth",
      "lifted cards",
      "floating cards",
      "give the cards some shadow",
      "less flat",
      "raised cards",
      "stronger shadows, more depth",
    ],
  ],
  [
    "add a section",
    has(app, "<Team />"),
    [
      "add a team section",
      "add the team",
      "include the team",
      "we need a team section",
      "insert a team section above the footer",
      "there should be a team section",
      "show the team",
      "I want a team section",
      "add a section with our team",
      "can you add the team below the gallery",
    ],
  ],
  [
    "remove a section",
    not(has(app, "<Faq />")),
    [
      "remove the questions",
      "delete the FAQ",
      "no questions",
      "drop the FAQ section",
      "hide the questions",
      "without the FAQ",
      "get rid of the questions",
      "take out the FAQ",
      "we don't need the FAQ",
      "please remove the FAQ section",
    ],
  ],
  [
    "move a section",
    order("Hero", "Hours"),
    [
      "move the opening hours to the top",
      "put the hours first",
      "bring opening times up",
      "opening hours to the top",
      "the hours should come first",
      "move hours up",
      "pull the opening hours to the top",
      "put the opening hours at the beginning",
      "I want the hours first",
      "can you move the opening hours to the top",
    ],
  ],
  [
    "move below",
    (after) => app(after).indexOf("<Pricing />") > app(after).indexOf("<Contact />"),
    [
      "move the prices below the contact form",
      "put the prices after the contact form",
      "prices under the contact form",
      "move prices to the end",
      "prices last",
      "put the price list at the bottom",
      "the prices should come last",
      "push the prices to the bottom",
      "move the pricing below contact",
      "send the prices to the end",
    ],
  ],
  [
    "swap two sections",
    (after, before) =>
      Math.sign(app(after).indexOf("<Pricing />") - app(after).indexOf("<Hours />")) ===
      -Math.sign(app(before).indexOf("<Pricing />") - app(before).indexOf("<Hours />")),
    [
      "swap the prices and the hours",
      "swap prices with hours",
      "exchange the prices and the opening hours",
      "switch the hours and the prices",
      "swap hours and prices",
      "trade the prices for the hours",
      "please swap the prices and the opening hours",
      "switch prices with opening hours",
      "exchange hours with prices",
      "can you swap the hours and the prices",
    ],
  ],
  [
    "headline's words",
    has(file("Hero"), "Bread before sunrise"),
    [
      "change the headline to “Bread before sunrise”",
      'make the headline say "Bread before sunrise"',
      "The heading should be “Bread before sunrise”",
      "headline: Bread before sunrise",
      "set the headline to Bread before sunrise",
      "the title should read “Bread before sunrise”",
      "the headline is “Bread before sunrise”",
      "let the headline say “Bread before sunrise”",
      "change the title to ‘Bread before sunrise’",
      "the slogan should be “Bread before sunrise”",
    ],
  ],
  [
    "another headline",
    (after, before) => file("Hero")(after) !== file("Hero")(before),
    [
      "another headline",
      "a different headline",
      "new headline please",
      "another title",
      "try another headline",
      "give me a new headline",
      "an alternative headline",
      "rewrite the headline",
      "a better headline",
      "a fresh headline",
    ],
  ],
  [
    "button's words",
    has(file("Contact"), "Reserve a loaf"),
    [
      "the button should say “Reserve a loaf”",
      "button: Reserve a loaf",
      "change the button to “Reserve a loaf”",
      "make the buttons say “Reserve a loaf”",
      "the buttons read “Reserve a loaf”",
      "set the button to “Reserve a loaf”",
      "let the button say “Reserve a loaf”",
      "the call to action should be “Reserve a loaf”",
      "the button should be “Reserve a loaf”",
      "rename the button to “Reserve a loaf”",
    ],
  ],
  [
    "the name",
    has((files) => files.get("/src/site.ts") ?? "", "Flour & Salt"),
    [
      "call it “Flour & Salt”",
      "rename the place to “Flour & Salt”",
      "name it “Flour & Salt”",
      "rename it to Flour & Salt",
      "call the page “Flour & Salt”",
      "the name is “Flour & Salt”",
      "the name should be “Flour & Salt”",
      "rename the bakery to “Flour & Salt”",
      "name the page “Flour & Salt”",
      "change the name to “Flour & Salt”",
    ],
  ],
  [
    "replace words",
    has(file("Pricing"), "Field loaf"),
    [
      "replace “Country loaf” with “Field loaf”",
      "change “Country loaf” to “Field loaf”",
      'replace "Country loaf" by "Field loaf"',
      "swap “Country loaf” for “Field loaf”",
      "replace Country loaf with Field loaf",
      "change Country loaf to Field loaf",
      "change the words “Country loaf” to “Field loaf”",
      "replace the text “Country loaf” with “Field loaf”",
      "please replace “Country loaf” with “Field loaf”",
      "can you change “Country loaf” into “Field loaf”",
    ],
  ],
  [
    "delete words",
    not(has(file("Pricing"), "Sample prices.")),
    [
      "delete “Sample prices.”",
      "remove “Sample prices.”",
      'delete "Sample prices."',
      "drop the words “Sample prices.”",
      "cut “Sample prices.”",
      "remove the text “Sample prices.”",
      "erase “Sample prices.”",
      "strike “Sample prices.”",
      "please delete “Sample prices.”",
      "remove the sentence “Sample prices.”",
    ],
  ],
  [
    "a price",
    has(file("Pricing"), '"Country loaf", price: "4.80"'),
    [
      "the country loaf costs 4.80",
      "country loaf: now for 4.80",
      "change the price of the country loaf to 4.80",
      "set the country loaf to 4.80",
      "a country loaf costs 4.80",
      "the price of the country loaf is now 4.80",
      "make the country loaf cost 4.80",
      "country loaf for 4.80",
      "the country loaf should cost 4.80",
      "raise the country loaf to 4.80",
    ],
  ],
  [
    "hours of a day",
    has(file("Hours"), 'day: "Monday", hours: "9:00 – 13:00"'),
    [
      "open on Monday 9:00 – 13:00",
      "Monday 9:00-13:00",
      "on Mondays from 9 to 13",
      "Monday: 9:00 to 13:00",
      "Mondays 9–13",
      "we are open on Monday from 9:00 until 13:00",
      "change Monday to 9:00 – 13:00",
      "set Monday to 9:00 – 13:00",
      "Monday is 9 to 13",
      "opening hours on Monday: 9.00 – 13.00",
    ],
  ],
  [
    "columns",
    has(file("Gallery"), "md:grid-cols-2"),
    [
      "the gallery in two columns",
      "two columns in the gallery",
      "2 columns for the gallery",
      "gallery: two columns",
      "make the gallery two columns",
      "show the gallery in 2 columns",
      "two-column gallery",
      "set the gallery in two columns",
      "the pictures in two columns",
      "use two columns for the gallery",
    ],
  ],
  [
    "layout by name",
    has(file("Pricing"), "<table"),
    [
      "the prices as a table",
      "show the prices as a table",
      "prices in a table",
      "make the prices a table",
      "turn the prices into a table",
      "the price list as a table",
      "use a table for the prices",
      "prices as table",
      "I’d like the prices as a table",
      "could the prices be a table",
    ],
  ],
  [
    "another layout",
    (after, before) => file("Hero")(after) !== file("Hero")(before),
    [
      "another layout for the hero",
      "a different hero layout",
      "lay out the hero differently",
      "try another hero design",
      "a new layout for the hero",
      "rearrange the hero",
      "redesign the hero",
      "hero in another arrangement",
      "another version of the hero",
      "change the layout of the hero",
    ],
  ],
  [
    "sticky navigation",
    has(file("Nav"), "sticky"),
    [
      "a sticky navigation",
      "sticky nav",
      "the navigation should be fixed",
      "make the navigation sticky",
      "keep the navigation always visible",
      "navigation stays at the top",
      "fixed header",
      "pin the navigation",
      "a fixed navigation bar",
      "sticky header please",
    ],
  ],
  [
    "wider page",
    has(css, "91rem"),
    [
      "a wider page",
      "wider",
      "make it wider",
      "full width",
      "full-width page",
      "edge to edge",
      "broader please",
      "full bleed",
      "wider content",
      "a bit wider",
    ],
  ],
  [
    "measure clicks",
    (after) => after.has("/src/track.ts"),
    [
      "track the button",
      "add analytics",
      "track clicks",
      "measure clicks",
      "add tracking",
      "track the sign-up button",
      "count the clicks",
      "add an event plan",
      "instrument the page",
      "add event tracking",
    ],
  ],
  [
    "a section's title",
    has(file("Gallery"), ">Our bread</h2>"),
    [
      "the title of the gallery should be “Our bread”",
      "change the title of the gallery to “Our bread”",
      "call the gallery “Our bread”",
      "rename the gallery to “Our bread”",
      "the gallery's title is “Our bread”",
      "name the gallery “Our bread”",
      "the heading of the gallery should say “Our bread”",
      "gallery title: “Our bread”",
      "set the gallery heading to “Our bread”",
      "the gallery should be titled, in its heading, “Our bread”",
    ],
  ],
  [
    "the address",
    has(file("Location"), ">5 High Street</address>"),
    [
      "our address is 5 High Street",
      "the address is 5 High Street",
      "address: 5 High Street",
      "change the address to 5 High Street",
      "add our address: 5 High Street",
      "set the address to 5 High Street",
      "find us at 5 High Street",
      "we are at 5 High Street",
      "located at 5 High Street",
      "the address should be “5 High Street”",
    ],
  ],
  [
    "the ground of a section",
    has(file("Footer"), "bg-ink text-paper"),
    [
      "a dark footer",
      "a darker footer",
      "the footer should be darker",
      "make the footer dark",
      "dark footer please",
      "the footer on black",
      "a black footer",
      "an inverted footer",
      "could the footer be darker",
      "make the footer darker",
    ],
  ],
];

const changed = (text: string, files: Files = start, change: Partial<PromptRequest> = {}) =>
  designedFiles({
    kind: "change",
    text,
    files,
    seed: "follow-ups",
    history: [{ prompt: BAKERY, result: "" }],
    ...change,
  });

test("there are at least thirty kinds, each in ten phrasings", () => {
  expect(table.length).toBeGreaterThanOrEqual(30);
  expect(table.filter(([, , phrasings]) => new Set(phrasings).size < 10)).toEqual([]);
});

test.each(table)(
  "%s: at least nine of ten phrasings do it, and none does something else",
  (_kind, expected, phrasings) => {
    const missed = phrasings.filter((text) => !expected(changed(text), start));
    expect(missed.length, missed.join(" | ")).toBeLessThanOrEqual(1);
    for (const text of missed) expect(changed(text), `“${text}” is asked about, not guessed`).toEqual(start);
  },
);

test("every kind is documented, and its example is understood", () => {
  const grammar = readFileSync(
    join(import.meta.dirname, "..", "..", "..", "lib", "model", "built-in", "GRAMMAR.md"),
    "utf8",
  );
  const missing = rules.filter(({ kind }) => !grammar.includes(`| ${kind} | `));
  expect(missing.map(({ kind }) => kind)).toEqual([]);
  for (const { example } of rules.filter(({ example: each }) => !/[“”]|\bx with y\b/.test(each)))
    expect(
      [
        ...answerTo(
          requestOf({
            kind: "change",
            text: example,
            files: start,
            seed: "follow-ups",
            history: [{ prompt: BAKERY, result: "" }],
          }),
        ),
      ].join(""),
      example,
    ).not.toMatch(/did not understand/);
});

test.each([
  "make the headline blue",
  "no green",
  "make the background image a forest",
  "hide the prices on mobile",
  "make the first price 5.00",
  "make the hero picture bigger",
  "translate it to German",
  "add animations",
  "remove the email field",
  "make the headline shorter",
])("%s: it asks instead of guessing", (text) => {
  expect(changed(text)).toEqual(start);
});

test("a wish for one variant leaves the others as they are", () => {
  expect(changed("only in B: darker", start, { letter: "A" })).toEqual(start);
  expect(changed("only in B: darker", start, { letter: "B" })).toEqual(changed("darker"));
});

test.each([
  ["add a map, a newsletter and the team", ["Location", "Newsletter", "Team"], []],
  ["remove the prices and the questions", [], ["Pricing", "Faq"]],
  ["add the team, remove the FAQ", ["Team"], ["Faq"]],
  ["darker, and add a newsletter", ["Newsletter"], []],
] as const)("%s: a verb holds for its whole list", (text, added, removed) => {
  const after = app(changed(text));
  for (const name of added) expect(after).toContain(`<${name} />`);
  for (const name of removed) expect(after).not.toContain(`<${name} />`);
});

const COLOUR_WISHES = [
  "darker",
  "lighter",
  "a bit darker",
  "warmer",
  "cooler",
  "make it yellow",
  "#ffee00",
  "a pink background",
  "much more colourful",
  "pastel",
  "swap the colours",
  "black and white",
  "more contrast",
];

test("text reads after every wish for colour, one upon the other, in every direction", () => {
  for (let round = 0; round < 4; round++)
    for (const position of [0, 1, 2]) {
      let files: Files = new Map([
        ...start,
        ...pageFiles(planPage(understand(BAKERY), "colours", position, round)),
      ]);
      for (const text of COLOUR_WISHES) {
        files = changed(text, files, { position });
        const [paper, surface, accent] = ["paper", "surface", "accent"].map((name) =>
          colourOf(name)(files),
        ) as [Colour, Colour, Colour];
        for (const name of ["ink", "muted", "accent"])
          for (const ground of [paper, surface])
            expect(
              contrast(colourOf(name)(files), ground),
              `${text}: ${name}, ${css(files).split("\n")[0]}`,
            ).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colourOf("accent-ink")(files), accent), text).toBeGreaterThanOrEqual(4.5);
      }
    }
});

test("what is on the page already is said in grammar that fits one and many", () => {
  const history = [{ prompt: BAKERY, result: "" }];
  const asked = requestOf({ kind: "change", text: "add a FAQ and a gallery", files: start, history });
  const words = [...answerTo(asked)].join("");
  expect(words).toContain("The page has the questions already.");
  expect(words).toContain("The page has the gallery already.");
});
