/** All sections by name: each writes the source of one component that uses the page's tokens only, so that any fits any page. */
import type { Page } from "../plan.ts";
import { Contact, Cta, Newsletter } from "./acting.ts";
import { Banner, Footer, Nav } from "./frame.ts";
import { Hero } from "./hero.ts";
import type { SectionName } from "./names.ts";
import { Compare, Events, Hours, Location, Logos, Pricing } from "./offering.ts";
import { Facts, Faq, Features, Gallery, Steps, Story, Team, Testimonials } from "./telling.ts";
import type { Writer } from "./write.ts";

const writers: Record<SectionName, Writer> = {
  Banner,
  Nav,
  Hero,
  Facts,
  Logos,
  Story,
  Features,
  Steps,
  Gallery,
  Pricing,
  Compare,
  Events,
  Hours,
  Location,
  Team,
  Testimonials,
  Faq,
  Cta,
  Newsletter,
  Contact,
  Footer,
};

export function sectionFile(page: Page, name: SectionName): string {
  return writers[name](page);
}
