/** Two letters for a name; a guest's animal stands for itself. */
export function initialsOf(name: string): string {
  const words = name.replace(/^Guest /, "").split(/\s+/);
  return words.length > 1
    ? `${words[0]?.[0] ?? ""}${words[1]?.[0] ?? ""}`
    : (words[0] ?? "").slice(0, 2).toUpperCase();
}
