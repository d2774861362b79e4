"use client";
import { Moon } from "lucide-react";
import { useOffer } from "#components/commands/offers.ts";

/** Light or dark, remembered in this browser. */
export function ThemeToggle() {
  const toggle = () => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("triptych:theme", dataset.theme);
    } catch {
      // Private mode: the choice holds for this page.
    }
  };
  useOffer("theme", toggle);
  return (
    <button type="button" className="button button-small" onClick={toggle} aria-label="Light or dark">
      <Moon size={14} aria-hidden="true" />
    </button>
  );
}
