/**
 * Where the page is by its own account (pushState, hashes), for Sandpack's address bar. Back and forward walk a list of our own: the
 * browser's history is the app's too, and must not move with a preview.
 */
export type Place = { url: string; back: boolean; forward: boolean };

export type Navigation = { back(): void; forward(): void };

export function watchNavigation(tell: (place: Place) => void): Navigation {
  const places = [here()];
  let at = 0;

  function arrive(isNew: boolean): void {
    if (places[at] === here()) return;
    if (isNew) places.splice(at + 1, places.length, here());
    at = isNew ? at + 1 : at;
    places[at] = here();
    tell({ url: here(), back: at > 0, forward: at < places.length - 1 });
  }

  function walk(step: number): void {
    const place = places[at + step];
    if (place === undefined) return;
    at += step;
    replaceState(null, "", place);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
    tell({ url: here(), back: at > 0, forward: at < places.length - 1 });
  }

  const replaceState = history.replaceState.bind(history);
  const pushState = history.pushState.bind(history);
  history.pushState = (...change) => {
    pushState(...change);
    arrive(true);
  };
  history.replaceState = (...change) => {
    replaceState(...change);
    arrive(false);
  };
  addEventListener("hashchange", () => arrive(true));
  addEventListener("popstate", () => arrive(true));
  return { back: () => walk(-1), forward: () => walk(1) };
}

function here(): string {
  return location.pathname + location.search + location.hash;
}
