import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../paths";
import { median, table } from "../report";

const KERNELS = 7;

/** What one kernel measured, in milliseconds. */
export interface CellTimes {
  /** A first cell that defines a number. */
  readonly first: number;
  /** A cell that imports something. */
  readonly imports: number;
  /** Cells that use what is there, one after the other. */
  readonly uses: readonly number[];
}

/** What importing the module costs a cell of the tslab kernel, and what using it costs the cells after. */
export async function run(): Promise<void> {
  const kernels = Array.from({ length: KERNELS }, () => [kernel("without"), kernel("with")] as const);
  const without = kernels.map(([times]) => times);
  const with_ = kernels.map(([, times]) => times);
  const plainImport = median(without.map(({ imports }) => imports));
  const ourImport = median(with_.map(({ imports }) => imports));
  const plainUse = median(without.flatMap(({ uses }) => uses));
  const ourUse = median(with_.flatMap(({ uses }) => uses));
  const ms = (value: number) => value.toFixed(1);
  console.log(
    table([
      [`ms, median of ${KERNELS} kernels each`, "without", "with", "difference", "bar"],
      [
        "a cell that imports the module",
        ms(plainImport),
        ms(ourImport),
        `${ms(ourImport - plainImport)} ms`,
        "150 ms",
      ],
      [
        "a cell that uses it",
        ms(plainUse),
        ms(ourUse),
        `${((ourUse / plainUse - 1) * 100).toFixed(0)} %`,
        "20 %",
      ],
    ]),
  );
}

function kernel(which: "with" | "without"): CellTimes {
  const options = { cwd: join(projectRoot, "notebooks"), encoding: "utf8" as const };
  return JSON.parse(
    execFileSync(
      process.execPath,
      [join(projectRoot, "dist/tools/bench/cells/run-cells.js"), which],
      options,
    ).trim(),
  );
}
