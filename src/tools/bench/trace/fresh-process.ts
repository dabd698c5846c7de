/*
 * Run in a process of its own, so that neither compiled code nor memory of what ran before counts:
 *   stream FILE   reads a file into nothing: seconds, operations, and how far the process's memory grew
 *   read FILE     reads a file and holds it as a trace
 *   replay FILE   replays a file in one pass: address-ordered first fit in a heap that grows
 *   measure FILE  the same, with statistics and curves of two metrics
 *   compare FILE  measures what compare does of one policy, without arenas, each pass from the file
 *   load NAME     loads a trace of the project for the first time, as a cell does: milliseconds
 * Prints JSON.
 */
import { measurePolicy } from "../../../compare/compare-cell";
import { comparedPolicy } from "../../../compare/compared-policy";
import { passOverAny } from "../../../compare/passes";
import { FreeList } from "../../../heap/free-list";
import { readTrace } from "../../../notebook/trace/read-trace";
import { replayFile } from "../../../notebook/trace/replay-file";
import { loadTrace } from "../../../notebook/trace/shipped-traces";
import { streamTrace } from "../../../notebook/trace/stream-trace";
import { openTrace } from "../../../notebook/trace/trace-file";

/** What this prints. Memory is the most that was resident, in bytes. */
export interface Measured {
  readonly milliseconds: number;
  /** Milliseconds of processor time, of all threads. */
  readonly processor: number;
  readonly operations: number;
  readonly before: number;
  readonly most: number;
}

const resident = () => process.resourceUsage().maxRSS * 1024;

async function main(task: string, subject: string): Promise<void> {
  const before = resident();
  const began = performance.now();
  let operations = 0;
  const heap = () => new FreeList(0, 16, { growable: true });
  const measures = { statistics: true, curves: ["live", "largestHole"] } as const;
  if (task === "load") operations = loadTrace(subject).length;
  else if (task === "replay") operations = (await replayFile(subject, heap())).operations;
  else if (task === "measure") operations = (await replayFile(subject, heap(), measures)).operations;
  else if (task === "compare") {
    const trace = await openTrace(subject, { mostHeld: 0 });
    const passes = measurePolicy(comparedPolicy("first"), { arenaRuns: 0 });
    operations = (await passOverAny(trace, passes)).operations;
  } else if (task === "read") operations = (await readTrace(subject)).length;
  else {
    const count = () => operations++;
    await streamTrace(subject, { malloc: count, realloc: count, free: count });
  }
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage();
  const processor = (user + system) / 1000;
  const measured: Measured = { milliseconds, processor, operations, before, most: resident() };
  console.log(JSON.stringify(measured));
}

void main(process.argv[2]!, process.argv[3]!);
