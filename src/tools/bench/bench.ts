import type { Command } from "../command";
import { Obstacle } from "../step";
import { machine } from "./report";

/** A benchmark prints its own table. */
export interface Benchmark {
  run(): Promise<void>;
}

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
  operands: { usage: "[NAME…]", least: 0, most: Infinity },
  async run({ operands }) {
    const unknown = operands.find((name) => !Object.hasOwn(benchmarks, name));
    if (unknown !== undefined) {
      throw new Obstacle(
        `There is no benchmark "${unknown}"; there are ${Object.keys(benchmarks).join(", ")}.`,
      );
    }
    console.log(machine());
    for (const [name, load] of Object.entries(benchmarks)) {
      if (operands.length > 0 && !operands.includes(name)) continue;
      console.log(`\n== ${name}`);
      await (await load()).run();
    }
    return 0;
  },
};
