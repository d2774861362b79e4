"use client";
import { useState } from "react";
import { chooseTheme, type Theme, themeNow } from "#components/ui/theme.ts";

const THEMES: readonly (readonly [Theme, string, string])[] = [
  ["system", "As the system", "follows light and dark of this computer"],
  ["light", "Light", "paper"],
  ["dark", "Dark", "warm, near black"],
];

/** How Triptych looks in this browser; the pages on the table keep their own colours. */
export function Appearance() {
  const [theme, setTheme] = useState(themeNow);
  return (
    <fieldset>
      <legend className="text-base font-semibold">Theme</legend>
      <div className="mt-2 flex flex-col gap-2">
        {THEMES.map(([value, title, words]) => (
          <label key={value} className="flex min-h-6 cursor-pointer items-baseline gap-2">
            <input
              type="radio"
              name="theme"
              className="translate-y-px accent-(--ink)"
              checked={theme === value}
              onChange={() => {
                chooseTheme(value);
                setTheme(value);
              }}
            />
            <span>
              <span className="font-medium">{title}</span> <span className="text-ink-3">{words}</span>
            </span>
          </label>
        ))}
      </div>
      <p className="mt-4 max-w-prose text-xs text-ink-3">
        Kept in this browser. Less motion and more contrast follow the settings of this computer.
      </p>
    </fieldset>
  );
}
