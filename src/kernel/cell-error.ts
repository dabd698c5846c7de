import { inspect } from "node-inspect-extracted";
import type { CellStacks } from "./cell-stacks";
import type { Diagnostic } from "./compiler/compiler";

/** What ended a cell, as Jupyter shows an error. */
export interface CellError {
  readonly name: string;
  readonly message: string;
  /** The lines that the reader sees. */
  readonly traceback: readonly string[];
}

/** A cell that was stopped while it waited, in tslab's words. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted asynchronously");
    this.name = "Interrupted";
  }
}

/** What the compiler has against a cell: each message as tslab prints it, with the line of the cell and a caret below it. */
export function diagnosticsError(diagnostics: readonly Diagnostic[], code: string): CellError {
  const lines = code.split("\n");
  const traceback = diagnostics.flatMap((diagnostic) => {
    const said = diagnosticLine(diagnostic);
    const { start, end, fileName } = diagnostic;
    const line = lines[start.line];
    if (fileName !== undefined || line === undefined) return [said];
    const width = end.line === start.line ? end.character - start.character : line.length - start.character;
    const blank = line.slice(0, start.character).replace(/[^\t]/g, " ");
    return [said, `    ${line}`, `    ${blank}${"^".repeat(Math.max(1, width))}`];
  });
  return { name: "TypeScript", message: diagnosticLine(diagnostics[0]!), traceback };
}

/** A message of the compiler in tslab's form: `3:7 - Cannot find name 'x'.` */
export function diagnosticLine({ fileName, start, messageText }: Diagnostic): string {
  return `${fileName ? `${fileName} ` : ""}${start.line + 1}:${start.character + 1} - ${messageText}`;
}

/** What a cell threw, as Node would print it, with the places in cells that led to it. */
export function thrownError(thrown: unknown, stacks: CellStacks): CellError {
  const traceback = stacks.readable(typeof thrown === "string" ? thrown : inspect(thrown)).split("\n");
  if (thrown instanceof Interrupted)
    return { name: thrown.name, message: thrown.message, traceback: [thrown.message] };
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message, traceback };
  return { name: "Thrown", message: traceback[0] ?? "", traceback };
}
