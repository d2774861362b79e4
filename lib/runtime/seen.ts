/**
 * Hears whether a person could see the frame: not in a hidden tab, not when it is scrolled or tucked away. A busy page hears of several
 * changes at once: the last of them holds.
 */
export function watchSeen(listener: (isSeen: boolean) => void): void {
  let isOnScreen = true;
  const tell = () => listener(isOnScreen && !document.hidden);
  new IntersectionObserver((entries) => {
    isOnScreen = entries.at(-1)?.isIntersecting ?? true;
    tell();
  }).observe(document.documentElement);
  document.addEventListener("visibilitychange", tell);
}
