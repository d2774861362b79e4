"use client";
import { Moon } from "lucide-react";
import { useOffer } from "#components/commands/offers.ts";
import { chooseTheme } from "./theme.ts";

/** Light or dark, remembered in this browser. */
export function ThemeToggle() {
  const toggle = () => chooseTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  useOffer("theme", toggle);
  return (
    <button type="button" className="button button-small" onClick={toggle} aria-label="Light or dark">
      <Moon size={14} aria-hidden="true" />
    </button>
  );
}
