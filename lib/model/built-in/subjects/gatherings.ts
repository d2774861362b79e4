/** Events, schools, causes and places to visit. */
import { like, subject } from "./subject.ts";

const event = subject({
  id: "event",
  kind: "gathering",
  words: /conference|event|meetup|summit|workshop|programme|fair\b|congress|hackathon|symposium/i,
  noun: "event",
  name: "Paper & Print",
  hue: 330,
  motifs: ["stage", "ticket", "mic", "calendar"],
  headlines: [
    "Two days, one room",
    "Come for the talks, stay for the tables",
    "Bring something you made",
    "One track, long breaks",
  ],
  intro:
    "Talks in the morning, open tables in the afternoon, and long evenings in between. One track, so nobody misses anything.",
  story:
    "It started as a dinner for people who were tired of conferences. There are more chairs now, but it still ends with everyone at one table.",
  offer: "Tickets",
  features: [
    ["One track", "Every talk happens in the same room; there is nothing to choose between."],
    ["Hands on", "Afternoons are for making: bring work, tools and questions."],
    ["Small on purpose", "Places are limited so that everyone meets everyone."],
  ],
  steps: [
    ["Morning", "Talks of twenty minutes, with time to ask."],
    ["Afternoon", "Open tables: sit down where something is being made."],
    ["Evening", "One long dinner, included in every ticket."],
  ],
  facts: [
    ["1 room", "so nobody misses a thing"],
    ["20 min", "for every talk"],
    ["1 dinner", "for everyone"],
  ],
  prices: [
    ["Both days", "180.00"],
    ["One day", "110.00"],
    ["Student", "60.00"],
    ["Evening only", "25.00"],
  ],
  questions: [
    ["Is there a recording?", "Talks are recorded and sent to everyone with a ticket."],
    ["Can I return my ticket?", "Until two weeks before, for the full price."],
    ["Is the room accessible?", "Yes, without a step, and with an induction loop."],
  ],
  roles: ["Host", "Programme", "Kitchen"],
  action: "Get a ticket",
  actionText: "Leave your name and which days you want. You get an answer with the details.",
});

const school = subject({
  id: "school",
  kind: "gathering",
  words: /school|course|class|lesson|teach|education|academy|tutor|language|drawing/i,
  noun: "school",
  name: "The Evening School",
  hue: 285,
  motifs: ["pencil", "palette", "book", "globe"],
  headlines: ["Learn it properly", "Begin on a Tuesday", "Small classes, long memory", "Draw what is there"],
  intro: "Evening classes for people who want to know how, taught by people who do it for a living.",
  story:
    "Nobody here gives marks. You show what you made, people say what they see, and next week it is better.",
  offer: "Courses",
  features: [
    ["Eight people", "Classes stay small; questions are the point."],
    ["Real work", "You leave with something finished, not a certificate."],
    ["Catch up", "Missed an evening? There is a second one each month."],
  ],
  steps: [
    ["Try one evening", "Bring nothing; everything you need is here."],
    ["Take six", "One evening a week, the same eight people."],
    ["Show it", "The last evening is open, and there is wine."],
  ],
  facts: [
    ["8 people", "in a class, at most"],
    ["6 evenings", "for a course"],
    ["0", "marks given"],
  ],
  prices: [
    ["Trial evening", "10.00"],
    ["Six evenings", "120.00"],
    ["Weekend", "150.00"],
    ["Materials", "included"],
  ],
  questions: [
    ["Do I need experience?", "No. Say where you stand and we place you well."],
    ["What do I bring?", "A notebook. Tools are here."],
    ["Can I get my money back?", "Until the second evening, all of it."],
  ],
  roles: ["Teacher", "Teacher", "Office"],
  action: "Join a course",
  actionText: "Leave your name and what you would like to learn.",
});

export const gatherings = [
  like(event, {
    id: "wedding",
    words: /wedding|marriage|engagement|celebrat|birthday|party/i,
    noun: "celebration",
    name: "Ida & Jonas",
    hue: 15,
    motifs: ["rings", "tulip", "calendar", "bottle"],
    headlines: [
      "We are doing it",
      "Come and dance with us",
      "One day, all of you",
      "Save the first Saturday",
    ],
    intro:
      "A day with everyone we love in one place: vows before noon, a long table in the garden, and music until the neighbours join in.",
    story:
      "We met over a broken bicycle and have been mending things together ever since. Come and see how it turned out.",
    offer: "Good to know",
    features: [
      ["Getting there", "A bus leaves the station twice in the morning and once very late."],
      ["What to wear", "Something you can dance in, and shoes for grass."],
      ["Children", "Are welcome; there is a tent with games and a nap corner."],
    ],
    prices: [
      ["Arrive", "11:00"],
      ["Vows", "12:00"],
      ["Long table", "14:00"],
      ["Music", "from 19:00"],
    ],
    action: "Tell us you come",
    actionText: "Say who is coming, what you do not eat, and a song you cannot sit through.",
  }),
  like(event, {
    id: "festival",
    words: /festival|concert|band\b|music|gig|club night|orchestra|choir|theat/i,
    noun: "festival",
    name: "Low Tide",
    hue: 300,
    motifs: ["note", "mic", "tent", "ticket"],
    headlines: [
      "Louder by the water",
      "Three nights, one field",
      "Bring a blanket",
      "Play it again, outside",
    ],
    intro: "Bands you know, bands you will tell people about, and a field that is quiet again by Monday.",
    story:
      "The first year there were two bands and one generator. The generator is still here, and so is one of the bands.",
    features: [
      ["Two stages", "Never at the same time, so you hear everything."],
      ["Good food", "Six kitchens from around the corner, and water for free."],
      ["Sleep here", "Tents under the trees, a quiet field for families."],
    ],
    steps: [
      ["Friday", "Gates at four, first chord at six."],
      ["Saturday", "Morning stage for children, long night for the rest."],
      ["Sunday", "Slow set at noon, last bus at five."],
    ],
    facts: [
      ["3 nights", "one field"],
      ["2 stages", "never at once"],
      ["6 kitchens", "from around here"],
    ],
  }),
  like(event, {
    id: "museum",
    kind: "place",
    words: /museum|exhibition|galler(?:y|ies) (?:space|for art)|art space|library|archive|heritage/i,
    noun: "museum",
    name: "The Small Museum",
    hue: 30,
    motifs: ["frame", "column", "ticket", "arch"],
    headlines: ["Stay with one picture", "Old things, new questions", "Nine rooms, no hurry", "Look closer"],
    intro: "Nine rooms, one good café, and a collection small enough to see on a rainy afternoon.",
    story:
      "Everything here was given by people who lived nearby. We have written down what they told us about it.",
    features: [
      ["Few things", "Well lit, well told, and with a bench in front."],
      ["Speaks plainly", "Labels that answer what you were about to ask."],
      ["For children", "A drawer in every room is theirs to open."],
    ],
    prices: [
      ["Day ticket", "9.00"],
      ["Reduced", "5.00"],
      ["Under eighteen", "free"],
      ["Year card", "30.00"],
    ],
    facts: [
      ["9 rooms", "on two floors"],
      ["1 bench", "before every picture"],
      ["Free", "under eighteen"],
    ],
    action: "Plan a visit",
  }),
  event,
  like(school, {
    id: "kids",
    words: /kinder|nursery|child|kids|toddler|playgroup|day ?care|toy/i,
    noun: "house",
    name: "The Yellow House",
    hue: 85,
    motifs: ["blocks", "sun", "palette", "tree"],
    headlines: [
      "Mud is part of it",
      "Room to be small",
      "Ask, build, nap, repeat",
      "Grow at your own height",
    ],
    intro:
      "A house with a garden where children build, dig, ask and sleep, and grown-ups have time to listen.",
    story:
      "There is a hole in the garden that has been dug every year since we opened. Nobody knows how deep it is supposed to be.",
    offer: "Places and fees",
    features: [
      ["Small groups", "Two grown-ups for nine children, always."],
      ["Outside", "Every day, in any weather, in proper boots."],
      ["Cooked here", "Lunch is made in our kitchen, and children help."],
    ],
    facts: [
      ["9 children", "in a group"],
      ["Every day", "outside"],
      ["1 kitchen", "where they help"],
    ],
    prices: [
      ["Morning", "240 a month"],
      ["Whole day", "390 a month"],
      ["Lunch", "included"],
      ["Trial week", "free"],
    ],
    questions: [
      ["From what age?", "From one, or when your child can nap without you."],
      ["How do we begin?", "With a week together; you stay as long as it takes."],
      ["When are you closed?", "Three weeks in summer and between the years."],
    ],
    action: "Come and see us",
    actionText: "Leave your name, your child’s age and a morning that suits you.",
  }),
  school,
  like(event, {
    id: "cause",
    kind: "service",
    words:
      /charit|non-?profit|donat|volunteer|foundation|campaign|climate|community|ngo|shelter|associat|neighbou?rhood|neighbou?rs/i,
    noun: "association",
    name: "Open Hands",
    hue: 165,
    motifs: ["heart", "globe", "tree", "envelope"],
    headlines: [
      "It takes an afternoon",
      "Small help, every week",
      "We go where the bus ends",
      "Nobody does it alone",
    ],
    intro: "Neighbours who cook, drive, mend and listen, and a short list of what is needed this week.",
    story:
      "It began with one pot of soup and a list on a kitchen door. The list is longer now, and so is the row of people who sign it.",
    offer: "What your help does",
    features: [
      ["Close by", "Everything happens within an hour of here, and you can come and look."],
      ["Open books", "What comes in and what goes out is on one page, each month."],
      ["Any hour helps", "Two hours a month is enough to be part of it."],
    ],
    steps: [
      ["Say hello", "Tell us what you like doing, or what you can spare."],
      ["Come along", "Someone takes you with them the first time."],
      ["Stay, or not", "Every week is a new list. You choose."],
    ],
    facts: [
      ["2 hours", "a month are enough"],
      ["1 page", "shows all the money"],
      ["1 list", "of what is needed now"],
    ],
    prices: [
      ["A box of food", "15.00"],
      ["A week of school lunch", "25.00"],
      ["A winter coat", "40.00"],
      ["An afternoon", "of your time"],
    ],
    questions: [
      ["Where does the money go?", "To what is on the list. The page with the figures is public."],
      ["Can I help without money?", "Yes, and most people do."],
      ["Do I get a receipt?", "In January, without asking."],
    ],
    roles: ["Kitchen", "Driving", "Office"],
    action: "Lend a hand",
    actionText: "Say what you would like to do, or simply that you would like to do something.",
  }),
];
