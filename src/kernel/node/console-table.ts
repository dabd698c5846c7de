import { inspect } from "node-inspect-extracted";

type Row = Readonly<Record<PropertyKey, unknown>>;

/**
 * What Node's `console.table` prints for a value; undefined for a value that is no object, which Node prints as `console.log` does.
 * @param columns the properties to show. Default: all
 */
export function consoleTable(data: unknown, columns?: readonly string[]): string | undefined {
  if (data === null || typeof data !== "object") return undefined;
  if (data instanceof Map) {
    const entries = [...data];
    const keys = entries.map(([key]) => cell(key));
    const values = entries.map(([, value]) => cell(value));
    return drawn(["(iteration index)", "Key", "Values"], [numbers(entries), keys, values]);
  }
  if (data instanceof Set) {
    const values = [...data];
    return drawn(["(iteration index)", "Values"], [numbers(values), values.map(cell)]);
  }
  return ofRows(data as Row, columns);
}

function ofRows(data: Row, columns?: readonly string[]): string {
  const indices = Object.keys(data);
  // An object, as in Node, so that columns with numbers for names come first.
  const byName: Record<string, string[]> = Object.create(null);
  const values: string[] = [];
  for (const [i, index] of indices.entries()) {
    const row = data[index];
    const isRow = row !== null && (typeof row === "object" || typeof row === "function");
    if (!isRow && columns === undefined) {
      values[i] = cell(row);
      continue;
    }
    for (const name of columns ?? Object.keys(row as Row)) {
      byName[name] ??= [];
      byName[name][i] = isRow && Object.hasOwn(row, name) ? cell((row as Row)[name]) : "";
    }
  }
  const heads = ["(index)", ...Object.keys(byName)];
  const bodies = [indices, ...Object.values(byName)];
  if (values.length === 0) return drawn(heads, bodies);
  return drawn([...heads, "Values"], [...bodies, values]);
}

const numbers = (values: readonly unknown[]) => values.map((_, i) => String(i));

function cell(value: unknown): string {
  const isLarge =
    value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, {
    depth: isLarge ? -1 : 0,
    maxArrayLength: 3,
    breakLength: Number.POSITIVE_INFINITY,
  });
}

function drawn(heads: readonly string[], bodies: readonly (readonly (string | undefined)[])[]): string {
  const height = Math.max(0, ...bodies.map((body) => body.length));
  const rows = Array.from({ length: height }, (_, i) => bodies.map((body) => body[i] ?? ""));
  const widths = heads.map((head, i) => Math.max(width(head), ...rows.map((row) => width(row[i]!))) + 2);
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((each) => "─".repeat(each)).join(middle) + right;
  const line = (cells: readonly string[]) =>
    `│${cells.map((text, i) => ` ${text}${" ".repeat(widths[i]! - width(text) - 1)}`).join("│")}│`;
  return [rule("┌", "┬", "┐"), line(heads), rule("├", "┼", "┤"), ...rows.map(line), rule("└", "┴", "┘")].join(
    "\n",
  );
}

/** How many columns a terminal gives to a text: two to a character of East Asian width, none to a combining mark. */
function width(text: string): number {
  let columns = 0;
  for (const character of text.normalize("NFC")) {
    if (/\p{Mark}|\p{Control}|\u200b/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}
