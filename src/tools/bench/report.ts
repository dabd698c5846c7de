import { cpus, loadavg, totalmem } from "node:os";
import { alignText } from "../../compare/text-table";

/** Names what the figures were measured on. */
export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]!.toFixed(1);
  const glibc = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)
    ?.header?.glibcVersionRuntime;
  return `${cores[0]?.model ?? "unknown processor"}, ${cores.length} cores, ${memory} GiB, load ${load}; Node ${process.version}${glibc ? `, glibc ${glibc}` : ""}`;
}

/** Lines a table up below its ruled head: the first column to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  return alignText(rows, 1);
}

/** The median of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0
    ? Number.NaN
    : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
