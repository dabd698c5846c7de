import type { Command } from "../command";
import { Obstacle } from "../step";
import type { Benchmark } from "./benchmark";
import { machine } from "./report";

/** Every benchmark by its name; loaded when it is run. */
const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  allocator: () => import("./allocator/bench-allocator.js"),
  cells: () => import("./cells/bench-cells.js"),
  history: () => import("./history/bench-history.js"),
  trace: () => import("./trace/bench-trace.js"),
  replay: () => import("./replay/bench-replay.js"),
  player: () => import("./player/bench-player.js"),
  site: () => import("./site/bench-site.js"),
};

/** `npm run bench`: every benchmark in turn, or those that are named. */
export const bench: Command = {
  purpose: `Runs the benchmarks: ${Object.keys(benchmarks).join(", ")}. A figure holds for the machine and the moment that the first line names.`,
  flags: {
    operations: {
      value: "N",
      purpose:
        "lets trace also replay and compare a file of N operations (100000000 take 1.4 GB of disk and some minutes), and player open pages with runs of N steps. Default: none.",
    },
  },
  operands: { usage: "[NAME…]", least: 0, most: Infinity },
  async run({ flags, operands }) {
    const unknown = operands.find((name) => !Object.hasOwn(benchmarks, name));
    if (unknown !== undefined) {
      throw new Obstacle(
        `There is no benchmark "${unknown}"; there are ${Object.keys(benchmarks).join(", ")}.`,
      );
    }
    const operations = flags.operations === undefined ? undefined : Number(flags.operations);
    if (operations !== undefined && !(Number.isInteger(operations) && operations >= 1 && operations <= 1e9)) {
      throw new Obstacle(
        `--operations is a whole number from 1 to 1000000000, not ${JSON.stringify(flags.operations)}.`,
      );
    }
    console.log(machine());
    for (const [name, load] of Object.entries(benchmarks)) {
      if (operands.length > 0 && !operands.includes(name)) continue;
      console.log(`\n== ${name}`);
      await (await load()).run({ operations });
    }
    return 0;
  },
};
