/** Titles of sections in four tones: the same thing said by four kinds of people. */
import type { Tone } from "./directions.ts";
import type { SectionName } from "./sections/names.ts";

export const titles: Partial<Record<SectionName, Record<Tone, string>>> = {
  Facts: { warm: "In short", terse: "Facts", formal: "At a glance", playful: "Numbers we like" },
  Logos: { warm: "In good company", terse: "Works with", formal: "Partners", playful: "Our friends" },
  Story: { warm: "How it began", terse: "The story", formal: "About us", playful: "Once upon a time" },
  Features: {
    warm: "How we do things here",
    terse: "What you get",
    formal: "How we work",
    playful: "Why people come back",
  },
  Steps: {
    warm: "It is quite simple",
    terse: "Three steps",
    formal: "How it works",
    playful: "One, two, three",
  },
  Gallery: { warm: "A look inside", terse: "Seen here", formal: "Pictures", playful: "Look at this" },
  Compare: {
    warm: "What is different here",
    terse: "Compare",
    formal: "A comparison",
    playful: "Spot the difference",
  },
  Events: { warm: "Come along", terse: "Dates", formal: "Programme", playful: "Save a date" },
  Location: { warm: "How to find us", terse: "Where", formal: "Location", playful: "Come on over" },
  Team: { warm: "The people here", terse: "Who", formal: "The people", playful: "Say hello" },
  Testimonials: {
    warm: "What people tell us",
    terse: "They said",
    formal: "What others say",
    playful: "Kind words",
  },
  Faq: {
    warm: "Before you ask",
    terse: "Questions",
    formal: "Questions and answers",
    playful: "Good question",
  },
  Newsletter: {
    warm: "A letter now and then",
    terse: "Stay posted",
    formal: "Newsletter",
    playful: "Mail you will open",
  },
};

/** What the navigation calls a section. */
export const linkWords: Partial<Record<SectionName, string>> = {
  Facts: "Facts",
  Story: "Story",
  Features: "How we work",
  Steps: "How it works",
  Gallery: "Pictures",
  Compare: "Compare",
  Events: "Dates",
  Hours: "Hours",
  Location: "Find us",
  Team: "People",
  Testimonials: "Voices",
  Faq: "Questions",
  Newsletter: "Newsletter",
};
