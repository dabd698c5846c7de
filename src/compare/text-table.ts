/** Lines of text in columns: the first `left` of them aligned to the left, the others to the right. The first line is ruled off. */
export function alignText(rows: readonly (readonly string[])[], left: number): string {
  const cells = rows.map((row) => row.map(printable));
  const [head, ...body] = alignedLines(cells, left);
  return [
    head!,
    widthsOf(cells)
      .map((width) => "-".repeat(width))
      .join("  "),
    ...body,
  ].join("\n");
}

/** The same lines, without a rule. */
export function alignedLines(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) =>
    row
      .map((text, c) => (c < left ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)))
      .join("  ")
      .trimEnd(),
  );
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, c) => rows.reduce((most, row) => Math.max(most, row[c]!.length), 0));
}

/** A text on one line, in which nothing commands a terminal: a name may come from anywhere. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}
