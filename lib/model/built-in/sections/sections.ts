/** All sections by name: each writes the source of one component that uses the page's tokens only, so that any fits any page. */
import type { Page } from "../plan.ts";
import { Banner } from "./banner.ts";
import { Compare } from "./compare.ts";
import { Contact } from "./contact.ts";
import { Cta } from "./cta.ts";
import { Events } from "./events.ts";
import { Facts } from "./facts.ts";
import { Faq } from "./faq.ts";
import { Features } from "./features.ts";
import { Footer } from "./footer.ts";
import { Gallery } from "./gallery.ts";
import { Hero } from "./hero.ts";
import { Hours } from "./hours.ts";
import { Location } from "./location.ts";
import { Logos } from "./logos.ts";
import type { SectionName } from "./names.ts";
import { Nav } from "./nav.ts";
import { Newsletter } from "./newsletter.ts";
import { Pricing } from "./pricing.ts";
import { Steps } from "./steps.ts";
import { Story } from "./story.ts";
import { Team } from "./team.ts";
import { Testimonials } from "./testimonials.ts";
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
