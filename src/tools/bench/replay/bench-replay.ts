import { readable } from "../../../base/readable";
import { FreeList } from "../../../heap/free-list";
import { loadTrace, traceNames } from "../../../notebook/trace/shipped-traces";
import { metricSeries } from "../../../run/metrics";
import { replay } from "../../../run/replay";
import type { ReplayOptions } from "../../../run/replay-options";
import type { Trace } from "../../../trace/trace";
import { median, table } from "../report";

const ROUNDS = 9;

/**
 * How many operations of real programs are replayed a second: address-ordered first fit in a growing heap, 16-byte alignment;
 * bare, with its history, with history and every value of two metrics worked out, and with searches and holes counted.
 */
export async function run(): Promise<void> {
  const rows = traceNames().map((name) => {
    const load = milliseconds(() => loadTrace(name));
    const trace = loadTrace(name);
    const perSecond = (work: () => void) => (trace.length / milliseconds(work) / 1000).toFixed(2);
    return [
      name,
      readable(trace.length),
      load.toFixed(1),
      perSecond(() => once(trace, {})),
      perSecond(() => once(trace, { history: true })),
      perSecond(() => {
        const { history } = once(trace, { history: true });
        metricSeries(history!, "live");
        metricSeries(history!, "externalFragmentation");
      }),
      perSecond(() => once(trace, { statistics: true })),
    ];
  });
  const head = ["trace", "operations", "load ms", "bare", "history", "+ metrics", "statistics"];
  console.log(
    `Replay, millions of operations a second (median of ${ROUNDS}); first and history bars: 1 and 0.5`,
  );
  console.log(table([head, ...rows]));
}

function once(trace: Trace, options: ReplayOptions) {
  return replay(trace, new FreeList(0, 16, { growable: true }), options);
}

/** The median time of several rounds, after one that does not count. */
function milliseconds(work: () => void): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}
