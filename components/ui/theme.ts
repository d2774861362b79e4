/** Light or dark, kept in this browser; without a choice it follows the system (the page's first script does the same). */
export type Theme = "system" | "light" | "dark";

const PLACE = "triptych:theme";

export function themeNow(): Theme {
  try {
    const chosen = localStorage.getItem(PLACE);
    return chosen === "light" || chosen === "dark" ? chosen : "system";
  } catch {
    // Private mode: what is seen is all that is known.
    return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
  }
}

export function chooseTheme(theme: Theme): void {
  const isDark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  try {
    if (theme === "system") localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, theme);
  } catch {
    // Private mode: the choice holds for this page.
  }
}
