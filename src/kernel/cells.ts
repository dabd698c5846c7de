import { type CellError, diagnosticsError, Interrupted, thrownError } from "./cell-error";
import { type CellExports, cellExports } from "./cell-exports";
import type { CellStacks } from "./cell-stacks";
import { type Compiler, type ConvertResult, getCodeMetadata } from "./compiler/compiler";
import type { Modules } from "./modules";
import type { NodeConsole } from "./node/console";
import { observePromises } from "./node/promises";

/** How a cell ended; undefined where all went well. */
export type CellEnd = CellError | undefined;

/** The cells of a notebook, run one after the other as tslab runs them: with its converter, and with its meaning. */
export class Cells {
  readonly #compiler: Compiler;
  readonly #modules: Modules;
  readonly #console: NodeConsole;
  readonly #stacks: CellStacks;
  readonly #variables: CellExports = cellExports();
  /** The declarations of what the cells before declared, as the compiler wrote them. */
  #declarations = "";
  #interrupt: (() => void) | undefined;

  constructor(compiler: Compiler, modules: Modules, console: NodeConsole, stacks: CellStacks) {
    this.#compiler = compiler;
    this.#modules = modules;
    this.#console = console;
    this.#stacks = stacks;
    // As in tslab: code that is no cell finds the kernel's own modules here.
    Object.assign(globalThis, { __tslab__: { exports: this.#variables, require: modules.require } });
  }

  /**
   * Runs a cell, whose value, if its last statement is an expression and not null or undefined, goes to the console.
   * @param count the number of the cell, in stacks
   * @returns what ended it early; undefined when nothing did
   */
  async run(code: string, count: number): Promise<CellEnd> {
    const metadata = getCodeMetadata(code);
    if (metadata.module) {
      const diagnostics = this.#compiler.addModule(metadata.module, code, metadata);
      return diagnostics.length > 0 ? diagnosticsError(diagnostics, code) : undefined;
    }
    if (metadata.mode === "browser") return undefined;
    const converted = this.#compiler.convert(this.#declarations, code);
    for (const { path, data } of converted.sideOutputs ?? []) this.#modules.addCellModule(path, data);
    if (converted.diagnostics.length > 0) return diagnosticsError(converted.diagnostics, code);
    if (converted.output) {
      try {
        await this.#evaluate(converted, this.#stacks.addCell(count, this.#compiler.lines()));
      } catch (thrown) {
        return thrownError(thrown, this.#stacks);
      }
    }
    this.#declarations = converted.declOutput ?? "";
    try {
      await this.#showValue(converted.lastExpressionVar);
    } catch (thrown) {
      return thrownError(thrown, this.#stacks);
    }
    return undefined;
  }

  /** Ends the cell that waits for something; one that computes cannot be ended so. */
  interrupt(): void {
    this.#interrupt?.();
  }

  complete(code: string, position: number): ReturnType<Compiler["complete"]> {
    return this.#compiler.complete(this.#declarations, code, position);
  }

  inspect(code: string, position: number): string | undefined {
    return this.#compiler.inspect(this.#declarations, code, position);
  }

  async #evaluate({ output, hasToplevelAwait }: ConvertResult, file: string): Promise<void> {
    const wrapped = `(${hasToplevelAwait ? "async " : ""}function(exports, require) { ${output}\n})\n//# sourceURL=${file}`;
    // An indirect eval: the cell sees the globals and nothing of the kernel.
    // biome-ignore lint/security/noGlobalEval: running code is what a kernel is for
    const cell = globalThis.eval(wrapped) as (exports: CellExports, require: Modules["require"]) => unknown;
    const ended = cell(this.#variables, this.#modules.require);
    if (!hasToplevelAwait) return;
    const interrupted = new Promise<never>((_, reject) => {
      this.#interrupt = () => reject(new Interrupted());
    });
    try {
      await Promise.race([ended, interrupted]);
    } finally {
      this.#interrupt = undefined;
    }
  }

  async #showValue(name: string | undefined): Promise<void> {
    if (name === undefined) return;
    const value = this.#variables[name];
    delete this.#variables[name];
    if (value === undefined || value === null) return;
    await observePromises(value);
    this.#console.log(value);
  }
}
