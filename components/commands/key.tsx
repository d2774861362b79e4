/** A key as it is printed on the keyboard; read out where it stands beside the words for what it does. */
export function Key({ words }: { words: string }) {
  return (
    <kbd className="flex-none rounded-xs bg-raised px-1.5 font-mono text-xs leading-5 whitespace-nowrap text-ink-2 ring-1 ring-line ring-inset">
      {words}
    </kbd>
  );
}
