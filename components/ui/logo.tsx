/** Three sheets side by side. */
export function Logo() {
  return (
    <svg width="20" height="18" viewBox="0 0 20 18" aria-hidden="true">
      <rect x="0" y="3" width="5" height="12" rx="1" fill="var(--a)" />
      <rect x="7" y="0" width="6" height="18" rx="1" fill="var(--b)" />
      <rect x="15" y="3" width="5" height="12" rx="1" fill="var(--c)" />
    </svg>
  );
}
