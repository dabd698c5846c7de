import { cpus, loadavg, totalmem } from "node:os";

/** Names what the figures were measured on. */
export function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]!.toFixed(1);
  const glibc = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)
    ?.header?.glibcVersionRuntime;
  return `${cores[0]?.model ?? "unknown processor"}, ${cores.length} cores, ${memory} GiB, load ${load}; Node ${process.version}${glibc ? `, glibc ${glibc}` : ""}`;
}
