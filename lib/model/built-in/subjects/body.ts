/** Places for body and health. */
import { like, subject } from "./subject.ts";

const gym = subject({
  id: "gym",
  kind: "place",
  words: /gym|climb|boulder|fitness|crossfit|sport|running|boxing/i,
  noun: "gym",
  name: "Northwall",
  hue: 25,
  motifs: ["wall", "peak", "barbell", "clock"],
  headlines: [
    "Start on the ground",
    "Stronger by spring",
    "The wall is open",
    "Fall, laugh, again",
    "Hold on",
  ],
  intro:
    "A place to train at your own pace, with people who remember your name and a next step that is always in reach.",
  story:
    "It was a warehouse until someone bolted the first hold to the pillar. Now the whole back wall is covered, and the pillar is still the hardest.",
  offer: "What it costs",
  features: [
    ["For beginners too", "An introduction is part of every first visit."],
    ["New every fortnight", "Routes and classes are set anew, so there is always a next step."],
    ["Small groups", "Courses stay small enough that the trainer sees everyone."],
  ],
  steps: [
    ["Come by", "No booking for a first visit; we have shoes in every size."],
    ["Learn the ropes", "Half an hour with a trainer, and you know what to do."],
    ["Keep going", "Take ten visits, or a month, or just come back."],
  ],
  facts: [
    ["14 days", "between new routes"],
    ["6 people", "in a course, at most"],
    ["30 min", "and you can begin"],
  ],
  prices: [
    ["Single visit", "11.00"],
    ["Ten visits", "95.00"],
    ["Month", "48.00"],
    ["Shoes for a day", "3.50"],
  ],
  questions: [
    ["What should I bring?", "Clothes you can move in. The rest can be borrowed."],
    ["From what age?", "With an adult from six, alone from fourteen."],
    ["Can I pause my membership?", "Yes, by the month, with one message."],
  ],
  roles: ["Trainer", "Route setter", "Front desk"],
  action: "Come and try",
  actionText: "Leave your name and a day that suits you. We will have a place ready.",
});

const clinic = subject({
  id: "clinic",
  kind: "service",
  words: /clinic|doctor|physio|therap|health|practice|pharmac|midwi/i,
  noun: "practice",
  name: "Elm Street Practice",
  hue: 190,
  motifs: ["cross", "leaf", "clock", "heart"],
  headlines: ["Care without the hurry", "Seen, heard, helped", "Time to ask", "First we listen"],
  intro: "A practice that plans enough time for each visit and explains what it does before it does it.",
  story:
    "We book fewer people a day than we could. It is the best decision we ever made, and everyone in the waiting room agrees.",
  offer: "Fees",
  features: [
    ["Time to talk", "Appointments are long enough for your questions."],
    ["Clear plans", "You get what was found and what comes next in writing."],
    ["Easy to reach", "Call, write, or come by; someone answers."],
  ],
  steps: [
    ["Write or call", "Say briefly what it is about."],
    ["Come in", "You are seen on time, by the person you expected."],
    ["Know what is next", "You leave with a plan in plain words."],
  ],
  facts: [
    ["30 min", "for every first visit"],
    ["Same day", "for what cannot wait"],
    ["In writing", "what we found"],
  ],
  prices: [
    ["First visit", "60.00"],
    ["Check-up", "45.00"],
    ["Follow-up", "30.00"],
    ["Written report", "20.00"],
  ],
  questions: [
    ["Are you taking new patients?", "Yes. The first visit is usually within two weeks."],
    ["What if it is urgent?", "Call in the morning; places are kept free each day."],
    ["Is there a lift?", "Yes, and parking at the door."],
  ],
  roles: ["Practice lead", "Assistant", "Reception"],
  action: "Ask for a visit",
  actionText: "Say briefly what it is about and when you can come.",
});

export const body = [
  like(gym, {
    id: "yoga",
    words: /yoga|pilates|meditat|breath|dance|ballet/i,
    noun: "studio",
    name: "Ground Floor",
    hue: 155,
    motifs: ["lotus", "leaf", "candle", "sun"],
    headlines: [
      "Breathe in, that is the plan",
      "An hour without a screen",
      "Come as you are",
      "Softer, and stronger",
    ],
    intro:
      "Small classes in a warm room, for stiff backs, tired heads and everyone who was told to sit up straight.",
    story:
      "There is no mirror in the room. You will find out how it looks by how it feels, and that takes about three visits.",
    offer: "Classes and prices",
    features: [
      ["Small classes", "Ten mats, so that the teacher sees every one of them."],
      ["Every body", "There is an easier way to do each thing, and nobody minds which you take."],
      ["A warm room", "Wood, wool and daylight; tea when you leave."],
    ],
    facts: [
      ["10 mats", "in every class"],
      ["60 min", "door to door"],
      ["0", "mirrors"],
    ],
    prices: [
      ["First class", "8.00"],
      ["Single class", "14.00"],
      ["Ten classes", "120.00"],
      ["Month", "78.00"],
    ],
    roles: ["Teacher", "Teacher", "Studio"],
    action: "Save a mat",
    actionText: "Leave your name and the class you would like. Your mat is rolled out when you come.",
  }),
  like(gym, {
    id: "swim",
    words: /swim|pool|surf|sail|row(?:ing|er)|kayak|dive/i,
    noun: "club",
    name: "Cold Water Club",
    hue: 225,
    motifs: ["wave", "boat", "sun", "clock"],
    headlines: ["In before breakfast", "The water is fine", "Cold for one minute", "Meet at the jetty"],
    intro: "Early swims and slow evenings on the water, for people who like to be outside together.",
    story:
      "Four neighbours met at the jetty one October. They are still there every morning, and there are a few more of them now.",
  }),
  gym,
  subject({
    id: "salon",
    kind: "place",
    words: /salon|hair|barber|spa\b|massage|beauty|nail|wellness|tattoo|sauna/i,
    noun: "salon",
    name: "Linden Room",
    hue: 10,
    motifs: ["scissors", "mirror", "leaf", "chair"],
    headlines: [
      "An hour that is yours",
      "Cut well, grows out well",
      "Sit down, breathe out",
      "Look up, not busy",
    ],
    intro: "A small salon with time for each guest: one chair, one person, no rush between appointments.",
    story: "There used to be five chairs in this room. We took four of them out, and the cuts got better.",
    offer: "Treatments",
    features: [
      ["One guest at a time", "Your appointment is yours; nobody waits behind you."],
      ["Gentle products", "Chosen for skin and hair, without heavy scent."],
      ["Honest advice", "We tell you what suits you, and what is not worth the money."],
    ],
    steps: [
      ["Choose a time", "By message, at any hour; we confirm the same day."],
      ["We talk first", "Ten minutes on what you want and what will work."],
      ["Lean back", "And leave with something that grows out well."],
    ],
    facts: [
      ["1 chair", "in the whole room"],
      ["60 min", "for every guest"],
      ["10 min", "of talking first"],
    ],
    prices: [
      ["Cut and finish", "42.00"],
      ["Colour", "from 60.00"],
      ["Head massage", "25.00"],
      ["Fringe trim", "10.00"],
    ],
    questions: [
      ["How do I change an appointment?", "By message, up to a day before."],
      ["Do you see children?", "Gladly, on weekday mornings."],
      ["Which products do you use?", "Ask and we show you the bottles; nothing is hidden."],
    ],
    roles: ["Cut", "Colour", "Front desk"],
    action: "Book an hour",
    actionText: "Choose a day and say what you have in mind. We answer the same day.",
  }),
  like(clinic, {
    id: "dentist",
    words: /dent(?:ist|al)|teeth|orthodon/i,
    hue: 200,
    motifs: ["tooth", "cross", "clock", "leaf"],
    headlines: [
      "Your teeth, calmly",
      "Nothing happens without a warning",
      "Open wide, breathe slowly",
      "Gentle hands",
    ],
  }),
  like(clinic, {
    id: "vet",
    words: /\bvets?\b|veterin|pets?\b|dogs?\b|cats?\b|animal|kennel|groom/i,
    name: "Two Paws",
    hue: 60,
    motifs: ["paw", "heart", "cross", "house"],
    headlines: [
      "Good hands for good animals",
      "They cannot tell us, so we look",
      "Calm, even for cats",
      "Four legs first",
    ],
    intro:
      "A calm practice for dogs, cats and everything smaller, with time to get off the table and sniff around first.",
    questions: [
      ["Is there a quiet room for cats?", "Yes, with its own door, and nothing that barks."],
      ["What if it is urgent?", "Call first; we tell you what to do on the way."],
      ["Do you come to the house?", "Once a week, in the villages around."],
    ],
  }),
  clinic,
];
