/** The query below its `#+` header. */
export function body(text: string): string {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  let at = 0;
  while (at < lines.length && (lines[at]?.startsWith("#+") || lines[at]?.trim() === "")) at += 1;
  return lines.slice(at).join("\n").trimEnd() + "\n";
}

/** Lines of comment; a line break inside a text cannot end the comment. */
export function comment(...texts: string[]): string {
  return texts
    .filter(Boolean)
    .map((text) => `# ${text.replace(/\s+/g, " ")}\n`)
    .join("");
}
