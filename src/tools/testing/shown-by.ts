import { createHash } from "node:crypto";
import { PNG } from "pngjs";
import type { CellOutput } from "./app";

/** What outputs show, with times and what is drawn anew each time aside. */
export function shownBy(outputs: readonly CellOutput[]): string[] {
  const texts: string[] = [];
  for (const { output_type, name, text, data } of outputs) {
    if (output_type !== "stream") texts.push(...Object.entries(data ?? {}).map(display));
    else if (texts.at(-1)?.startsWith(`${name}: `))
      texts.push(`${texts.pop()}${[text ?? []].flat().join("")}`);
    else texts.push(`${name}: ${[text ?? []].flat().join("")}`);
  }
  return texts.map((each) =>
    withoutTimedColumns(each).replace(/\d[\d,.]*\s?(ms|s|µs|seconds|milliseconds)\b/g, "TIME"),
  );
}

/**
 * A display: its markup with the data that it carries (runs, charts, exercises), and each picture as its pixels. Two packers may write
 * the same pixels otherwise. The programs and styles are those of the build that saved the notebook.
 */
function display([kind, content]: [string, unknown]): string {
  if (kind !== "text/html") return `${kind}: ${JSON.stringify(content)}`;
  const markup = [content].flat().join("");
  return markup
    .replace(/<(script|style)>.*?<\/\1>/gs, "")
    .replace(/data:image\/png;base64,([\w+/=]+)/g, (_, png) => pixels(Buffer.from(png, "base64")));
}

function pixels(png: Buffer): string {
  const { width, height, data } = PNG.sync.read(png);
  return `${width}×${height} ${createHash("sha256").update(data).digest("hex")}`;
}

/** Tables without what stands in their columns of milliseconds, whose heads say so. */
function withoutTimedColumns(text: string): string {
  let timed: number[] = [];
  const lines = text.split("\n").map((line) => {
    const cells = line.split("│");
    if (/\(index\)/.test(line)) timed = cells.flatMap((head, i) => (/\bms\b/.test(head) ? [i] : []));
    else if (cells.length > 1) for (const i of timed) cells[i] = "TIME";
    return cells.join("│");
  });
  // The columns are as wide as what stood in them.
  return timed.length > 0 ? lines.join("\n").replace(/[─ ]+/g, " ") : text;
}
