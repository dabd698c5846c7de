/** Lines of text in columns: the first `left` of them aligned to the left, the others to the right. The first line is ruled off. */
export function alignText(rows: readonly (readonly string[])[], left: number): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, c) => (c < left ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)))
      .join("  ")
      .trimEnd();
  const [head, ...body] = rows.map(line);
  return [head!, widths.map((width) => "-".repeat(width)).join("  "), ...body].join("\n");
}
