/** Places to eat and drink, and those who make it. */
import { like, subject } from "./subject.ts";

export const bakery = subject({
  id: "bakery",
  kind: "place",
  words: /baker|bread|patisserie|pastr|cake/i,
  noun: "bakery",
  name: "Mill Lane Bakery",
  hue: 55,
  motifs: ["loaf", "wheat", "oven", "cup"],
  headlines: [
    "Bread that was flour at four",
    "The oven is on",
    "Still warm when you get here",
    "Up before the village",
    "Crust, crumb, coffee",
  ],
  intro:
    "Bread, buns and a few good cakes, baked through the night and sold over the counter until the shelves are empty.",
  story:
    "The starter is older than the shop. It is fed every evening, rises while the street sleeps, and is bread by the time the first bus stops outside.",
  offer: "From the oven",
  features: [
    ["Baked on site", "Every loaf is mixed, shaped and baked in the room behind the shop."],
    ["Slow dough", "A long, cool rise gives the crumb its flavour and keeps the loaf fresh for days."],
    ["Order ahead", "Tell us by six in the evening and your bread waits for you in the morning."],
  ],
  steps: [
    ["Choose", "Say what you would like, by message or at the counter."],
    ["We bake", "Your loaf goes in with the first batch of the night."],
    ["Pick up", "It waits under your name until noon."],
  ],
  facts: [
    ["4 am", "the oven is lit"],
    ["18 hours", "the dough may rest"],
    ["4 things", "in the country loaf"],
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
  roles: ["Baker", "Pastry", "Counter"],
  action: "Order bread",
  actionText: "Say what you would like and when you will come. We keep it behind the counter.",
});

export const cafe = subject({
  id: "cafe",
  kind: "place",
  words: /caf[eé]|coffee|tea ?room|tea ?house|roaster/i,
  noun: "café",
  name: "Corner Table",
  hue: 40,
  motifs: ["cup", "beans", "book", "plate"],
  headlines: [
    "Come in from the rain",
    "The second cup is the point",
    "A table is waiting",
    "Slow mornings, strong coffee",
  ],
  intro:
    "Good coffee, a short menu that changes with the market, and a room where nobody minds how long you stay.",
  story:
    "It began with one machine and four chairs that did not match. There are more chairs now, and they still do not match.",
  offer: "On the menu",
  features: [
    ["Roasted close by", "The beans come from people we can visit in an afternoon."],
    ["A short menu", "Few things, made properly, written on the board each morning."],
    ["Room to stay", "Big tables, quiet corners, and nobody who looks at the clock."],
  ],
  steps: [
    ["Come in", "Take any table; the one by the window goes first."],
    ["Order", "At the counter, or ask us what is good today."],
    ["Stay", "As long as the cup and the book last."],
  ],
  facts: [
    ["7 am", "the first cup"],
    ["2 beans", "on the grinder at a time"],
    ["12 seats", "at the long table"],
  ],
  prices: [
    ["Flat white", "3.20"],
    ["Filter, by the pot", "4.80"],
    ["Soup and bread", "7.50"],
    ["Slice of tart", "4.50"],
  ],
  questions: [
    ["Do I need to book?", "Not during the day. For the long table a message is wise."],
    ["Can I work here?", "Gladly, away from the window at lunch."],
    ["Are dogs welcome?", "Yes, and there is a bowl of water by the door."],
  ],
  roles: ["Behind the bar", "Kitchen", "Roasting"],
  action: "Book a table",
  actionText: "Tell us when, how many you are, and anything we should know.",
});

export const food = [
  bakery,
  like(cafe, {
    id: "restaurant",
    words: /restaurant|bistro|kitchen|pizz|trattoria|brasserie|tavern|bar\b|pub\b|menu|sushi|ramen|supper/i,
    noun: "restaurant",
    name: "The Long Table",
    hue: 25,
    motifs: ["plate", "bottle", "carrot", "candle"],
    headlines: [
      "Dinner, and no hurry",
      "A short menu, cooked properly",
      "Sit down, it is nearly ready",
      "What the market had today",
    ],
    intro:
      "A small room, an open kitchen and a menu that fits on one page, because everything on it was bought this morning.",
    story:
      "There is one sitting and one oven. The list on the wall changes with the market, and when a dish is gone, it is gone.",
    features: [
      ["Short menu", "Few dishes, cooked properly, written on the board each morning."],
      ["Close suppliers", "Vegetables, eggs and milk come from people we know by name."],
      ["Room for groups", "The long table seats twelve and can be booked for an evening."],
    ],
    facts: [
      ["9 dishes", "on the board"],
      ["1 sitting", "so the table is yours"],
      ["12 seats", "at the long table"],
    ],
    prices: [
      ["Bread, butter, pickles", "5.00"],
      ["Leeks with hazelnut", "11.00"],
      ["Fish of the morning", "22.00"],
      ["Burnt cream", "7.50"],
    ],
    questions: [
      ["Do I need to book?", "At lunch, no. In the evening a booking is wise."],
      ["Can you cook without gluten or milk?", "Most days two dishes are; tell us when you book."],
      ["Is there a menu for groups?", "From eight people on, we cook for the middle of the table."],
    ],
    roles: ["Kitchen", "Room", "Wine"],
  }),
  cafe,
  like(cafe, {
    id: "wine",
    words: /wine|vineyard|brew|distill|cider|beer|cellar/i,
    noun: "cellar",
    name: "Steep Hill Cellar",
    hue: 350,
    motifs: ["bottle", "grapes", "peak", "key"],
    headlines: ["Grown on the steep side", "A good year, bottled", "Come down to the cellar", "Slow fruit"],
    intro: "Small batches from our own slope, pressed by hand and left alone until they are ready.",
    story:
      "Three generations have cursed this hill in the same words. It is too steep for machines, which is what makes it good.",
    offer: "From the cellar",
    features: [
      ["One slope", "Every bottle comes from the hill behind the house."],
      ["Little done", "Nothing is added that you would not find in the vineyard."],
      ["Taste first", "The cellar door is open, and nobody has to buy."],
    ],
    facts: [
      ["1 slope", "facing south"],
      ["14 months", "in old oak"],
      ["0", "machines on the hill"],
    ],
    prices: [
      ["House white", "9.50"],
      ["Slope red", "14.00"],
      ["Late harvest", "21.00"],
      ["Tasting for two", "30.00"],
    ],
    questions: [
      ["Can I visit?", "Yes, on the open days, or by a message the day before."],
      ["Do you send bottles?", "In boxes of six, within the week."],
      ["What goes with the red?", "Anything that took a long time in the oven."],
    ],
    roles: ["Vineyard", "Cellar", "Door"],
    action: "Book a tasting",
    actionText: "Tell us when you would like to come and how many you are.",
  }),
  like(bakery, {
    id: "farm",
    words: /farm|vegetable|orchard|grocer|organic|honey|cheese|dairy/i,
    noun: "farm",
    name: "Lower Field Farm",
    hue: 130,
    motifs: ["carrot", "tree", "wheat", "van"],
    headlines: ["Pulled up this morning", "What the field gives", "Mud included", "Eat what is ready"],
    intro:
      "Vegetables, eggs and apples from fields you can walk around, in a box that changes with the weather.",
    story:
      "We stopped asking the soil for the same thing every year. Since then it has given us something better each season.",
    offer: "In the box",
    features: [
      ["Picked, then packed", "What you get in the evening was in the ground at breakfast."],
      ["Kept simple", "No sprays, no wax, no apples from the other side of the world."],
      ["Close to you", "Pick-up points in the villages around, or at the gate."],
    ],
    facts: [
      ["40 kinds", "over the year"],
      ["1 morning", "from field to box"],
      ["9 fields", "in slow rotation"],
    ],
    prices: [
      ["Small box", "14.00"],
      ["Family box", "24.00"],
      ["Eggs, a dozen", "4.80"],
      ["Pressed apple", "3.60"],
    ],
    action: "Order a box",
    actionText: "Say which size you would like and where you pick it up.",
  }),
];
