import { writeCompact } from "../compact";
import type { TraceFormat } from "../formats";
import type { Operation } from "../operation";
import { writeRep } from "../rep";
import type { Trace } from "../trace";

/** The operations of a trace as a text of each format. heaptrack's have no reallocs: they say a free and a malloc. */
export const TEXT_OF: Readonly<Record<TraceFormat, (trace: Trace) => string>> = {
  compact: writeCompact,
  rep: (trace) => writeRep(trace),
  mtrace: linesOf("= Start", (operation) => {
    const at = addressOf(operation.id);
    if (operation.kind === "free") return `@ [0x1] - ${at}`;
    const size = operation.size === 0 ? "0" : `0x${operation.size.toString(16)}`;
    return operation.kind === "malloc"
      ? `@ [0x1] + ${at} ${size}`
      : `@ [0x1] < ${at}\n@ [0x1] > ${at} ${size}`;
  }),
  valgrind: linesOf("==7== Memcheck, a memory error detector", (operation) => {
    const at = addressOf(operation.id);
    if (operation.kind === "free") return `--7-- free(${at})`;
    const call = operation.kind === "malloc" ? "malloc(" : `realloc(${at},`;
    return `--7-- ${call}${operation.size}) = ${at}`;
  }),
  heaptrack: linesOf("v 10550 3", (operation) => {
    const at = (4096 + 64 * operation.id).toString(16);
    if (operation.kind === "free") return `- ${at}`;
    const malloc = `+ ${operation.size.toString(16)} 0 ${at}`;
    return operation.kind === "malloc" ? malloc : `- ${at}\n${malloc}`;
  }),
  android: linesOf("7: thread_done 0x0", (operation) => {
    const at = addressOf(operation.id);
    if (operation.kind === "free") return `7: free ${at}`;
    return `7: ${operation.kind} ${at} ${operation.kind === "realloc" ? `${at} ` : ""}${operation.size}`;
  }),
};

function linesOf(head: string, line: (operation: Operation) => string): (trace: Trace) => string {
  return (trace) => `${[head, ...Array.from(trace, line)].join("\n")}\n`;
}

function addressOf(id: number): string {
  return `0x${(4096 + 64 * id).toString(16)}`;
}
