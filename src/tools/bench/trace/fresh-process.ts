/*
 * Run in a process of its own, so that neither compiled code nor memory of what ran before counts:
 *   stream FILE   reads a file into nothing: seconds, operations, and how far the process's memory grew
 *   load NAME     loads a trace of the project for the first time, as a cell does: milliseconds
 * Prints JSON.
 */
import { readTrace } from "../../../notebook/trace/read-trace";
import { loadTrace } from "../../../notebook/trace/shipped-traces";
import { streamTrace } from "../../../notebook/trace/stream-trace";

/** What this prints. Memory is the most that was resident, in bytes. */
export interface Measured {
  readonly milliseconds: number;
  readonly operations: number;
  readonly before: number;
  readonly most: number;
}

const resident = () => process.resourceUsage().maxRSS * 1024;

async function main(task: string, subject: string): Promise<void> {
  const before = resident();
  const began = performance.now();
  let operations = 0;
  if (task === "load") operations = loadTrace(subject).length;
  else if (task === "read") operations = (await readTrace(subject)).length;
  else {
    const count = () => operations++;
    await streamTrace(subject, { malloc: count, realloc: count, free: count });
  }
  const milliseconds = performance.now() - began;
  const measured: Measured = { milliseconds, operations, before, most: resident() };
  console.log(JSON.stringify(measured));
}

void main(process.argv[2]!, process.argv[3]!);
