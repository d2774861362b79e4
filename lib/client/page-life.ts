/**
 * A page comes back: out of the back/forward cache, out of a frozen tab, from under a closed lid, to the network. What its socket
 * believes of itself may be long over then, and finding that out by its own clock takes up to half a minute.
 */
export type PageLife = {
  /** The page is put away; a socket would keep it out of the back/forward cache. */
  leave(): void;
  /** It is back: the room is joined anew, by what this page knows. */
  comeBack(): void;
};

/** Returns how to stop. Where there is no page (tests in Node) nothing happens. */
export function followPage({ leave, comeBack }: PageLife): () => void {
  if (typeof window === "undefined") return () => {};
  const [page, tab] = [window, document];
  const shown = (event: PageTransitionEvent) => {
    if (event.persisted) comeBack();
  };
  page.addEventListener("pagehide", leave);
  page.addEventListener("pageshow", shown);
  page.addEventListener("online", comeBack);
  tab.addEventListener("resume", comeBack);
  return () => {
    page.removeEventListener("pagehide", leave);
    page.removeEventListener("pageshow", shown);
    page.removeEventListener("online", comeBack);
    tab.removeEventListener("resume", comeBack);
  };
}
