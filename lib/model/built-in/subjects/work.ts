/** Studios, offices, trades and what they make. */
import { like, subject } from "./subject.ts";

const studio = subject({
  id: "portfolio",
  kind: "service",
  words: /portfolio|architect|studio|agency|interior|illustrat|artist|designer/i,
  noun: "studio",
  name: "Studio Harrow",
  hue: 240,
  motifs: ["house", "arch", "chair", "pencil"],
  headlines: ["Built to be used", "Work that stays plain", "Old walls, new light", "Drawn by hand first"],
  intro:
    "A small practice that takes few projects at a time and sees them through from the first sketch to the last screw.",
  story:
    "We draw by hand until the idea stands still. Only then does anyone switch on a computer, and by then there is little left to argue about.",
  offer: "How we charge",
  features: [
    ["Listening first", "Every project begins with a day on site and a list of questions."],
    ["Few at a time", "Three projects a year, so that each has its people."],
    ["To the end", "We stay until the work is in use and the first winter is over."],
  ],
  steps: [
    ["A conversation", "An hour, at your table, about what is wrong today."],
    ["A study", "Two or three ways to do it, with what each would cost."],
    ["The work", "Drawings, people, dates, and one person who answers."],
  ],
  facts: [
    ["3", "projects a year"],
    ["1 day", "on site before a line is drawn"],
    ["1 winter", "until we call it finished"],
  ],
  prices: [
    ["First conversation", "free"],
    ["Study", "fixed price"],
    ["Design and drawings", "by stage"],
    ["Site visits", "by the day"],
  ],
  questions: [
    ["Do you take small jobs?", "Yes, when they are interesting or close by."],
    ["How long does it take?", "A study takes a month; the rest depends on what it finds."],
    ["Where do you work?", "Wherever a train goes in half a day."],
  ],
  roles: ["Design", "Drawing", "Site"],
  action: "Start a conversation",
  actionText: "Say what you have in mind in a few lines. Pictures can follow.",
});

const trade = subject({
  id: "trade",
  kind: "service",
  words: /plumb|carpent|electric|roof|builder|paint(?:er|ing)|handyman|clean|boiler|heating|locksmith|mason/i,
  noun: "workshop",
  name: "Ashby & Daughter",
  hue: 95,
  motifs: ["tap", "wrench", "van", "house"],
  headlines: ["Done right, once", "We come when we say", "Good work, plainly priced", "It drips, we come"],
  intro:
    "A family workshop for repairs and fittings. You get a price before we start, and a tidy room when we leave.",
  story: "The van says “& Daughter” because the daughter painted it. She also does the difficult jobs now.",
  offer: "Usual prices",
  features: [
    ["A price first", "You know what it costs before a tool comes out."],
    ["On time", "We name an hour and keep it."],
    ["Clean leaving", "The room looks as it did, apart from what is better."],
  ],
  steps: [
    ["Tell us", "What is broken, where, and since when. A photo helps."],
    ["We name a price", "Usually the same day, and it holds."],
    ["We fix it", "At the hour we said, and sweep up after."],
  ],
  facts: [
    ["1 hour", "and it is kept"],
    ["2 years", "of guarantee, in writing"],
    ["0", "for the estimate"],
  ],
  prices: [
    ["Visit and estimate", "free"],
    ["First hour", "55.00"],
    ["Each hour after", "45.00"],
    ["Materials", "at cost"],
  ],
  questions: [
    ["Do you come for small jobs?", "Yes, most of them are."],
    ["How soon?", "Usually within the week, at once when water runs."],
    ["Is the work guaranteed?", "For two years, in writing."],
  ],
  roles: ["Repairs", "Fittings", "Office"],
  action: "Ask for a visit",
  actionText: "Say what is broken and where. We answer with a time and a price.",
});

export const work = [
  like(studio, {
    id: "photography",
    words: /photograph|film ?maker|videograph|camera/i,
    name: "Plain Light",
    hue: 35,
    motifs: ["camera", "frame", "tree", "sun"],
    headlines: ["Look twice", "Pictures that stay", "In the light that was there", "Hold still, or do not"],
    intro:
      "Portraits, houses and long days, photographed in the light that was there and printed on paper that lasts.",
    story:
      "One camera, two lenses and a lot of waiting. Most of the good ones happen just after everyone thinks we are done.",
    roles: ["Camera", "Print", "Archive"],
    action: "Ask about a date",
  }),
  like(studio, {
    id: "law",
    words: /law|legal|notary|solicitor|consult|account(?:ant|ing firm)|tax|advis|insur|finance/i,
    noun: "office",
    name: "Marlow & Finch",
    hue: 250,
    motifs: ["scales", "column", "book", "invoice"],
    headlines: [
      "Plain answers to hard questions",
      "Read it to us",
      "Before you sign",
      "On your side of the table",
    ],
    intro:
      "A small office for contracts, companies and inheritance, in sentences that you can repeat at home.",
    story:
      "We write letters that people understand. It makes for fewer letters, shorter meetings and, mostly, no court.",
    offer: "What it costs",
    features: [
      ["Plain words", "You get what it means for you, on one page."],
      ["Fixed prices", "For everything that can be planned; the rest is agreed first."],
      ["One person", "Who knows your case and picks up the telephone."],
    ],
    facts: [
      ["1 page", "is what you get first"],
      ["24 hours", "to an answer"],
      ["Fixed", "prices where we can"],
    ],
    prices: [
      ["First meeting", "free"],
      ["Contract, read and marked", "190.00"],
      ["Company, set up", "950.00"],
      ["Hour, agreed before", "160.00"],
    ],
    roles: ["Contracts", "Companies", "Inheritance"],
    action: "Ask for a meeting",
    actionText: "Say in two lines what it is about. Nothing you write here leaves the office.",
  }),
  like(studio, {
    id: "property",
    words: /real ?estate|property|propert|realtor|letting|homes?\b|apartment|moving/i,
    noun: "office",
    name: "Key & Corner",
    hue: 150,
    motifs: ["key", "house", "tree", "hotel"],
    headlines: [
      "A door that fits",
      "Homes, shown honestly",
      "See it in the rain first",
      "Come in, look around",
    ],
    intro: "Houses and flats in the streets we live in ourselves, with the faults listed on the first page.",
    action: "Ask for a viewing",
  }),
  studio,
  like(trade, {
    id: "bike",
    words: /bik(?:e|es)\b|bicycl|cycl(?:e|ing)/i,
    name: "Spoke & Daughter",
    hue: 145,
    motifs: ["bike", "wrench", "clock", "van"],
    headlines: [
      "Rolls again by Friday",
      "True wheels, fair prices",
      "Bring the squeak",
      "Two wheels, one workshop",
    ],
    intro: "A bicycle workshop for everyday wheels: you get a price before we start, and it squeaks no more.",
    prices: [
      ["Look and estimate", "free"],
      ["Puncture", "12.00"],
      ["Full service", "65.00"],
      ["Wheel, trued", "18.00"],
    ],
    action: "Bring your bike",
    actionText: "Say what it does that it should not. We answer with a day and a price.",
  }),
  like(trade, {
    id: "garden",
    words: /garden|landscap|lawn|nursery plants|tree surgeon/i,
    name: "Hedge & Daughter",
    hue: 140,
    motifs: ["tree", "leaf", "tulip", "van"],
    headlines: [
      "A garden that looks after you",
      "Right plant, right place",
      "Grown, not installed",
      "Less lawn, more birds",
    ],
    intro:
      "Gardens planned for how you live in them, planted for the soil you have, and looked after by the people who planted them.",
    prices: [
      ["First walk around", "free"],
      ["Planting plan", "180.00"],
      ["Day in the garden", "220.00"],
      ["Winter pruning", "90.00"],
    ],
    questions: [
      ["Do you come for small gardens?", "Yes, also for balconies."],
      ["When should we begin?", "In autumn, but any month has its work."],
      ["Do you look after it later?", "Gladly: four days a year keep most gardens well."],
    ],
  }),
  trade,
];
