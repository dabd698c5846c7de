import { formatWithOptions, inspect } from "node-inspect-extracted";
import { consoleTable } from "./console-table";

/** Where text goes. */
export type WriteText = (stream: "stdout" | "stderr", text: string) => void;

/** A proxy is shown as what is behind it, as the Node does that tslab runs on; newer ones, of which this formatting is, write `Proxy(…)` around it. */
const OPTIONS: object = {
  stylize: (text: string, style: string) =>
    style === "special" && (text === "Proxy(" || text === ")") ? "" : text,
};

/** The methods of Node's console, with its formatting. */
export type NodeConsole = ReturnType<typeof nodeConsole>;

/** A console as Node's, that hands to `write` what it prints. */
export function nodeConsole(write: WriteText) {
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  let indent = "";
  const print = (stream: "stdout" | "stderr", args: readonly unknown[]) => {
    const text = formatWithOptions(OPTIONS, ...args);
    write(stream, `${indent === "" ? text : text.replace(/^/gm, indent)}\n`);
  };
  const log = (...args: unknown[]) => print("stdout", args);
  const error = (...args: unknown[]) => print("stderr", args);
  const timed = (method: string, label: string, rest: readonly unknown[]) => {
    const start = timers.get(label);
    if (start === undefined) error(`Warning: No such label '${label}' for console.${method}()`);
    else log("%s: %s", label, duration(performance.now() - start), ...rest);
  };
  return {
    log,
    info: log,
    debug: log,
    error,
    warn: error,
    dir: (value: unknown, options: object = {}) => log(inspect(value, { customInspect: false, ...options })),
    dirxml: log,
    trace(...args: unknown[]) {
      const stack = new Error().stack?.split("\n").slice(2).join("\n") ?? "";
      error(`Trace${args.length > 0 ? `: ${formatWithOptions({}, ...args)}` : ""}\n${stack}`);
    },
    assert(condition?: unknown, ...args: unknown[]) {
      if (condition) return;
      if (typeof args[0] === "string") error(`Assertion failed: ${args[0]}`, ...args.slice(1));
      else error("Assertion failed", ...args);
    },
    clear() {},
    count(label = "default") {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      log(`${label}: ${count}`);
    },
    countReset(label = "default") {
      counts.delete(String(label));
    },
    group(...args: unknown[]) {
      if (args.length > 0) log(...args);
      indent += "  ";
    },
    groupCollapsed(...args: unknown[]) {
      this.group(...args);
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    table(data: unknown, columns?: readonly string[]) {
      const table = consoleTable(data, columns);
      log(table ?? data);
    },
    time(label = "default") {
      timers.set(String(label), performance.now());
    },
    timeLog: (label = "default", ...rest: unknown[]) => timed("timeLog", String(label), rest),
    timeEnd(label = "default") {
      timed("timeEnd", String(label), []);
      timers.delete(String(label));
    },
  };
}

/** A time as Node's `console.timeEnd` prints it. */
function duration(milliseconds: number): string {
  if (milliseconds >= 60_000) {
    const minutes = Math.floor(milliseconds / 60_000);
    return `${minutes}:${((milliseconds % 60_000) / 1000).toFixed(3).padStart(6, "0")} (m:ss.mmm)`;
  }
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(3)}s`;
  return `${Number(milliseconds.toFixed(3))}ms`;
}
