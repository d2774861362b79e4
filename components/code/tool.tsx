import type { ReactNode } from "react";

type ToolProps = {
  label: string;
  /** Of what can be on or off. */
  isOn?: boolean;
  className?: string;
  onClick(): void;
  /** A sign that says the same to the eye. */
  children: ReactNode;
};

/** A small button of the drawer that shows a sign and is called by its words. */
export function Tool({ label, isOn, className = "px-1.5", onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={`button button-small ${className}`}
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={onClick}
    >
      <span aria-hidden="true" className="flex items-center gap-1">
        {children}
      </span>
    </button>
  );
}
