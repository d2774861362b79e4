/** While a person drags an edge the pages repaint more rarely (variant-article.tsx): a hand must not wait for them. */
import { viewState } from "./view-state.ts";

const EDGES = "[role=separator], [role=slider]";

/** An edge that is dragged has the pointer to itself, and loses it however the drag ends. Returns the end of it. */
export function followDrags(): () => void {
  const take = ({ target }: Event) => {
    if (target instanceof Element && target.matches(EDGES)) viewState.set({ isDragging: true });
  };
  const leave = () => {
    if (viewState.get().isDragging) viewState.set({ isDragging: false });
  };
  addEventListener("gotpointercapture", take, true);
  addEventListener("lostpointercapture", leave, true);
  return () => {
    removeEventListener("gotpointercapture", take, true);
    removeEventListener("lostpointercapture", leave, true);
  };
}
