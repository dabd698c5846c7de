import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";

/** What some turns took, and a checksum of the addresses of all turns so far. */
export interface Took {
  readonly nanoseconds: number;
  readonly sum: number;
}

/**
 * An allocator in a process of its own, which is kept until all rounds are done: so that those that are compared can take turns by the
 * round, under the same conditions. The process takes a line with a number of turns, and answers with a line: nanoseconds of
 * processor time, and a checksum.
 */
export class Contender {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #lines: Interface;

  constructor(program: string, parameters: readonly string[], environment: Record<string, string> = {}) {
    const env = { ...process.env, ...environment };
    this.#process = spawn(program, parameters, { env, stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#process.stdout! });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async run(turns: number): Promise<Took> {
    this.#process.stdin!.write(`${turns}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.#process.spawnargs.join(" ")} has ended.`);
    const [nanoseconds, sum] = value.split(" ").map(Number);
    return { nanoseconds: nanoseconds!, sum: sum! };
  }

  end(): void {
    this.#lines.close();
    this.#process.kill();
  }
}
