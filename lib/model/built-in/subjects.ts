/** What the designer can write about: plain words per kind of place. Prices and hours are samples and say so on the page. */
export type Subject = {
  id: string;
  words: RegExp;
  /** How the place is called in a sentence. */
  noun: string;
  name: string;
  hue: number;
  art: "loaf" | "cup" | "leaf" | "window" | "arch" | "wave" | "peak" | "grid";
  headlines: string[];
  intro: string;
  offer: string;
  features: [title: string, text: string][];
  prices: [item: string, price: string][];
  questions: [question: string, answer: string][];
  action: string;
  actionText: string;
};

const subject = (value: Subject): Subject => value;

export const subjects: Subject[] = [
  subject({
    id: "bakery",
    words: /baker|bread|patisserie|pastr|cake/i,
    noun: "bakery",
    name: "Mill Lane Bakery",
    hue: 55,
    art: "loaf",
    headlines: ["Bread that was flour at four", "The oven is on", "Still warm when you get here"],
    intro:
      "Bread, buns and a few good cakes, baked through the night and sold over the counter until the shelves are empty.",
    offer: "From the oven",
    features: [
      ["Baked on site", "Every loaf is mixed, shaped and baked in the room behind the shop."],
      ["Slow dough", "A long, cool rise gives the crumb its flavour and keeps the loaf fresh for days."],
      ["Order ahead", "Tell us by six in the evening and your bread waits for you in the morning."],
    ],
    prices: [
      ["Country loaf", "4.20"],
      ["Rye heel", "3.10"],
      ["Cardamom knot", "2.80"],
      ["Seeded roll", "1.40"],
    ],
    questions: [
      ["Can I order for a celebration?", "Yes. Give us three days for a cake and one day for bread."],
      [
        "Do you have bread without wheat?",
        "A full rye loaf is baked twice a week; ask at the counter for the days.",
      ],
      ["What happens to bread that is left?", "It is sold at half price in the last hour, then given away."],
    ],
    action: "Order bread",
    actionText: "Say what you would like and when you will come. We keep it behind the counter.",
  }),
  subject({
    id: "cafe",
    words: /caf[eé]|coffee|tea ?room|restaurant|bistro|kitchen|pizz|bar\b|pub\b|menu/i,
    noun: "café",
    name: "Corner Table",
    hue: 40,
    art: "cup",
    headlines: ["A table is waiting", "Come in from the rain", "Lunch, and no hurry"],
    intro:
      "Good coffee, a short menu that changes with the market, and a room where nobody minds how long you stay.",
    offer: "On the menu",
    features: [
      ["Short menu", "Few dishes, cooked properly, written on the board each morning."],
      ["Close suppliers", "Vegetables, eggs and milk come from people we can visit in an afternoon."],
      ["Room for groups", "The long table seats twelve and can be booked for an evening."],
    ],
    prices: [
      ["Flat white", "3.20"],
      ["Soup and bread", "7.50"],
      ["Dish of the day", "12.00"],
      ["Slice of tart", "4.50"],
    ],
    questions: [
      ["Do I need to book?", "Not for lunch. In the evening a booking is wise."],
      ["Can you cook without gluten or milk?", "Most days two dishes are; tell us when you order."],
      ["Are dogs welcome?", "Yes, at the tables by the window."],
    ],
    action: "Book a table",
    actionText: "Tell us when, how many you are, and anything we should cook around.",
  }),
  subject({
    id: "gym",
    words: /gym|climb|fitness|yoga|pilates|sport|boulder|swim|running/i,
    noun: "gym",
    name: "Northwall",
    hue: 25,
    art: "peak",
    headlines: ["Start on the ground", "Stronger by spring", "The wall is open"],
    intro:
      "A place to train at your own pace, with people who remember your name and routes or classes that change often.",
    offer: "What it costs",
    features: [
      ["For beginners too", "An introduction is part of every first visit."],
      ["New every fortnight", "Routes and classes are set anew, so there is always a next step."],
      ["Small groups", "Courses stay small enough that the trainer sees everyone."],
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
    action: "Come and try",
    actionText: "Leave your name and a day that suits you. We will have a place ready.",
  }),
  subject({
    id: "salon",
    words: /salon|hair|barber|spa\b|massage|beauty|nail|wellness/i,
    noun: "salon",
    name: "Linden Room",
    hue: 10,
    art: "leaf",
    headlines: ["An hour that is yours", "Cut well, grows out well", "Sit down, breathe out"],
    intro: "A small salon with time for each guest: one chair, one person, no rush between appointments.",
    offer: "Treatments",
    features: [
      ["One guest at a time", "Your appointment is yours; nobody waits behind you."],
      ["Gentle products", "Chosen for skin and hair, without heavy scent."],
      ["Honest advice", "We tell you what suits you, and what is not worth the money."],
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
    action: "Book an hour",
    actionText: "Choose a day and say what you have in mind. We answer the same day.",
  }),
  subject({
    id: "event",
    words: /conference|festival|event|meetup|summit|workshop|programme|wedding|fair\b/i,
    noun: "event",
    name: "Paper & Print",
    hue: 330,
    art: "grid",
    headlines: ["Two days, one room", "Come for the talks, stay for the tables", "Bring something you made"],
    intro:
      "Talks in the morning, open tables in the afternoon, and long evenings in between. One track, so nobody misses anything.",
    offer: "Tickets",
    features: [
      ["One track", "Every talk happens in the same room; there is nothing to choose between."],
      ["Hands on", "Afternoons are for making: bring work, tools and questions."],
      ["Small on purpose", "Places are limited so that everyone meets everyone."],
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
    action: "Get a ticket",
    actionText: "Leave your name and which days you want. You get an answer with the details.",
  }),
  subject({
    id: "portfolio",
    words: /portfolio|architect|studio|agency|photograph|designer|illustrat|artist/i,
    noun: "studio",
    name: "Studio Harrow",
    hue: 240,
    art: "arch",
    headlines: ["Built to be used", "Work that stays plain", "Old walls, new light"],
    intro:
      "A small practice that takes few projects at a time and sees them through from the first sketch to the last screw.",
    offer: "How we charge",
    features: [
      ["Listening first", "Every project begins with a day on site and a list of questions."],
      ["Few at a time", "Three projects a year, so that each has its people."],
      ["To the end", "We stay until the work is in use and the first winter is over."],
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
    action: "Start a conversation",
    actionText: "Say what you have in mind in a few lines. Pictures can follow.",
  }),
  subject({
    id: "software",
    words: /app\b|saas|software|startup|platform|tool\b|api\b|dashboard|product/i,
    noun: "product",
    name: "Ledgerline",
    hue: 265,
    art: "window",
    headlines: ["Less software, more done", "The boring part, finished", "See it before you miss it"],
    intro:
      "One calm place for the work that usually hides in five tabs. It starts in a minute and stays out of the way.",
    offer: "Plans",
    features: [
      ["Ready in a minute", "Bring a file or start empty; there is nothing to set up."],
      ["Works offline", "Everything stays usable on a train and catches up later."],
      ["Yours to keep", "Export all of it, at any time, in plain formats."],
    ],
    prices: [
      ["Alone", "0"],
      ["Team", "12 a person"],
      ["Company", "on request"],
      ["Schools", "free"],
    ],
    questions: [
      ["Where is my data?", "In the region you choose, and in your exports."],
      ["Can I cancel?", "At any time, with one click, to the end of the month."],
      ["Is there an API?", "Yes, for everything the interface can do."],
    ],
    action: "Start for free",
    actionText: "Leave an address and we send you a way in. No card, no calls.",
  }),
  subject({
    id: "clinic",
    words: /clinic|doctor|dentist|physio|therap|health|vet\b|practice/i,
    noun: "practice",
    name: "Elm Street Practice",
    hue: 190,
    art: "leaf",
    headlines: ["Care without the hurry", "Seen, heard, helped", "Your teeth, calmly"],
    intro: "A practice that plans enough time for each visit and explains what it does before it does it.",
    offer: "Fees",
    features: [
      ["Time to talk", "Appointments are long enough for your questions."],
      ["Clear plans", "You get what was found and what comes next in writing."],
      ["Easy to reach", "Call, write, or come by; someone answers."],
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
    action: "Ask for a visit",
    actionText: "Say briefly what it is about and when you can come.",
  }),
  subject({
    id: "hotel",
    words: /hotel|guest ?house|b&b|bed and breakfast|holiday|cabin|cottage|travel|camp|tour/i,
    noun: "house",
    name: "Harbour House",
    hue: 215,
    art: "wave",
    headlines: ["Sleep by the water", "Leave the window open", "Stay until the tide turns"],
    intro: "A few rooms, a good breakfast, and a view that does most of the work.",
    offer: "Rooms",
    features: [
      ["Few rooms", "Each one different, all of them quiet."],
      ["Breakfast late", "Served until eleven, with what the morning brought."],
      ["Walks from the door", "Maps and dry boots stand in the hall."],
    ],
    prices: [
      ["Small room", "80.00"],
      ["Room with a view", "110.00"],
      ["The attic", "140.00"],
      ["Breakfast", "12.00"],
    ],
    questions: [
      ["When can I arrive?", "From three; earlier if the room is ready."],
      ["Are dogs allowed?", "In two of the rooms, yes."],
      ["Is there a train?", "Yes, and we fetch you from the station."],
    ],
    action: "Ask for a room",
    actionText: "Tell us when you would like to come and how many you are.",
  }),
  subject({
    id: "school",
    words: /school|course|class|lesson|teach|education|academy|tutor|language/i,
    noun: "school",
    name: "The Evening School",
    hue: 285,
    art: "grid",
    headlines: ["Learn it properly", "Begin on a Tuesday", "Small classes, long memory"],
    intro: "Evening classes for people who want to know how, taught by people who do it for a living.",
    offer: "Courses",
    features: [
      ["Eight people", "Classes stay small; questions are the point."],
      ["Real work", "You leave with something finished, not a certificate."],
      ["Catch up", "Missed an evening? There is a second one each month."],
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
    action: "Join a course",
    actionText: "Leave your name and what you would like to learn.",
  }),
  subject({
    id: "shop",
    words: /shop|store|market|boutique|florist|flower|book ?shop|ceramic|furniture|wine/i,
    noun: "shop",
    name: "Field & Shelf",
    hue: 135,
    art: "leaf",
    headlines: ["Few things, well chosen", "Come and hold it", "Made to be kept"],
    intro:
      "A small shop with things that last: chosen one by one, and explained by someone who has used them.",
    offer: "In the shop now",
    features: [
      ["Chosen by hand", "Nothing is here because a catalogue had it."],
      ["Repairs", "What we sell, we mend."],
      ["Sent with care", "Wrapped in paper, on its way within two days."],
    ],
    prices: [
      ["Everyday bowl", "18.00"],
      ["Linen cloth", "12.00"],
      ["Beeswax candle", "9.00"],
      ["Gift wrapping", "free"],
    ],
    questions: [
      ["Can I return something?", "Within a month, if it is unused."],
      ["Do you deliver?", "Yes, and in the village by bicycle."],
      ["Can you keep it for me?", "For a week, gladly."],
    ],
    action: "Ask about a piece",
    actionText: "Say what you are looking for. We write back with what is on the shelf.",
  }),
  subject({
    id: "trade",
    words: /plumb|carpent|electric|roof|builder|paint(er|ing)|garden|landscap|garage|mechanic|repair|clean/i,
    noun: "workshop",
    name: "Ashby & Daughter",
    hue: 95,
    art: "arch",
    headlines: ["Done right, once", "We come when we say", "Good work, plainly priced"],
    intro:
      "A family workshop for repairs and fittings. You get a price before we start, and a tidy room when we leave.",
    offer: "Usual prices",
    features: [
      ["A price first", "You know what it costs before a tool comes out."],
      ["On time", "We name an hour and keep it."],
      ["Clean leaving", "The room looks as it did, apart from what is better."],
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
    action: "Ask for a visit",
    actionText: "Say what is broken and where. We answer with a time and a price.",
  }),
];

export const generic: Subject = {
  id: "generic",
  words: /./,
  noun: "place",
  name: "Open House",
  hue: 200,
  art: "grid",
  headlines: ["Good to see you", "Plainly good", "Come and see"],
  intro: "What it is, who it is for and how to take part, on one page without noise.",
  offer: "What it costs",
  features: [
    ["Simple", "Said in a few words and done in a few steps."],
    ["Close", "Real people answer, usually the same day."],
    ["Fair", "Clear terms, and nothing in small print."],
  ],
  prices: [
    ["First visit", "free"],
    ["Once", "20.00"],
    ["Monthly", "15.00"],
    ["Group", "on request"],
  ],
  questions: [
    ["How does it start?", "With a short message from you."],
    ["How long does it take?", "Most things are settled within a week."],
    ["Can I change my mind?", "Yes, and it costs nothing."],
  ],
  action: "Get in touch",
  actionText: "Leave your name and a line about what you need.",
};
