/** Files → the edit text that a model would write. */
export function wholeFile(path: string, code: string): string {
  const language = path.endsWith(".css")
    ? "css"
    : path.endsWith(".html")
      ? "html"
      : path.endsWith(".ts")
        ? "ts"
        : "tsx";
  return `${path}\n\`\`\`${language}\n${code.endsWith("\n") ? code : `${code}\n`}\`\`\`\n\n`;
}

export function replaceBlock(path: string, search: string, replacement: string): string {
  return `${path}\n\`\`\`tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replacement}\n>>>>>>> REPLACE\n\`\`\`\n\n`;
}
