import type { SourceLines } from "./compiler/source-lines";

/** The name under which the engine knows the code of a package: what its stacks have in place of a file. */
export const packageFile = (name: string) => `package/${name}`;

const cellFile = (count: number) => `cell-${count}.ts`;

/** Makes stacks readable: in place of lines of what ran, the cells and their lines. */
export class CellStacks {
  readonly #lines = new Map<number, SourceLines>();

  /**
   * Takes notice of a cell before it runs.
   * @param lines which line of the cell each line that runs came from
   * @returns the name of its code for the engine
   */
  addCell(count: number, lines: SourceLines): string {
    this.#lines.set(count, lines);
    return cellFile(count);
  }

  /** A text in which the stacks, if there are any, name cells and packages, and nothing of the kernel. */
  readable(text: string): string {
    if (!/^\s+at /m.test(text)) return text;
    const frames = /(?:^ +at .*(?:\n|$))+/gm;
    return text.replace(frames, (stack) => {
      const kept = stack
        .trimEnd()
        .split("\n")
        .map((frame) => this.#frame(frame));
      while (kept.length > 0 && (kept.at(-1) === undefined || /\(<anonymous>\)$/.test(kept.at(-1)!)))
        kept.pop();
      const ending = /( \{)?\n?$/.exec(stack)![0];
      return kept.filter((frame) => frame !== undefined).join("\n") + ending;
    });
  }

  /** A line of a stack as the reader sees it; undefined where it is the kernel's. */
  #frame(frame: string): string | undefined {
    const [, indent, name, file, line] =
      /^( +at )(?:(?:Proxy\.)?(.*) \()?(.*?):(\d+):\d+\)?(?: \{)?$/.exec(frame) ?? [];
    if (file === undefined) return frame;
    const cell = /(?:^|[/ (])cell-(\d+)\.ts$/.exec(file)?.[1];
    if (cell !== undefined) {
      const source = this.#lines.get(Number(cell))?.[Number(line) - 1];
      const place = source === undefined ? `cell ${cell}` : `cell ${cell}, line ${source + 1}`;
      return name === undefined || name === "eval" ? `${indent}${place}` : `${indent}${name} (${place})`;
    }
    const inPackage = /(?:^|[/ (])package\/(.*)$/.exec(file)?.[1];
    if (inPackage === undefined) return undefined;
    return `${indent}${name === undefined ? inPackage : `${name} (${inPackage})`}`;
  }
}
