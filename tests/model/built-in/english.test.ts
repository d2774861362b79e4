import { expect, test } from "vitest";
import { isPlural, listOf, sentence, titled, withArticle } from "../../../lib/model/built-in/english.ts";
import { understand } from "../../../lib/model/built-in/understand.ts";

test.each([
  ["village bakery", "a village bakery"],
  ["app for invoices", "an app for invoices"],
  ["hour of quiet", "an hour of quiet"],
  ["university choir", "a university choir"],
  ["unusual shop", "an unusual shop"],
  ["one-room school", "a one-room school"],
  ["European café", "a European café"],
  ["8-bit arcade", "an 8-bit arcade"],
  ["MRI clinic", "an MRI clinic"],
  ["evening classes in drawing", "evening classes in drawing"],
  ["the old mill", "the old mill"],
  ["glass workshop", "a glass workshop"],
])("%s → %s", (phrase, expected) => {
  expect(withArticle(phrase)).toBe(expected);
});

test("lists, sentences, titles and plurals", () => {
  expect(listOf(["rye", "wheat", "oats"])).toBe("rye, wheat and oats");
  expect(listOf(["rye"])).toBe("rye");
  expect(sentence("a small gym.")).toBe("A small gym.");
  expect(sentence("ready?")).toBe("Ready?");
  expect(titled("house of the rising sun")).toBe("House of the Rising Sun");
  expect(["classes in drawing", "guided tours"].every(isPlural)).toBe(true);
  expect(["a business", "fitness class", "chess", "bus"].some(isPlural)).toBe(false);
});

test.each([
  [
    "A landing page for a village bakery, warm, with opening hours",
    "A village bakery.",
    "The Village Bakery",
  ],
  ["A site for a small climbing gym with prices", "A small climbing gym.", "Northwall"],
  ["Evening classes in drawing, for beginners", "Evening classes in drawing.", "The Evening School"],
  ["Please make me a website for an architect who restores barns", "An architect.", "Studio Harrow"],
  ["Side B: a record shop with listening stations", "A record shop.", "Side B"],
  ["A hair salon called Linden, with prices", "A hair salon.", "Linden"],
  [
    "A landing page for a village bakery called Mill Lane, with opening hours",
    "A village bakery.",
    "Mill Lane",
  ],
  ["A small hotel by the sea with seven rooms", "A small hotel by the sea.", "Harbour House"],
])("%s → %s", (prompt, about, name) => {
  const brief = understand(prompt);
  expect([brief.about, brief.name]).toEqual([about, name]);
});

test("what it sells is listed in the prompt's words", () => {
  expect(understand("A flower shop selling tulips, wild bouquets and dried stems").items).toEqual([
    "Tulips",
    "Wild bouquets",
    "Dried stems",
  ]);
});

test("an app for people is no wish for a team page; prices, hours and forms are wishes", () => {
  expect([...understand("An app for invoices, for people who work alone").wants]).toEqual([]);
  expect([...understand("A gym with prices, opening hours and a contact form").wants].sort()).toEqual([
    "Contact",
    "Hours",
    "Pricing",
  ]);
});

test.each([
  ["A bakery in green", 150],
  ["A bakery, with navy accents", 262],
  ["A rose garden", null],
  ["A bakery in #1a7f5a", 163],
])("%s has the hue %s", (prompt, hue) => {
  expect(understand(prompt).hue).toBe(hue);
});
