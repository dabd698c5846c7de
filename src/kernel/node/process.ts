import { EventEmitter } from "events/events.js";
import type { WriteText } from "./console";

/** Node's `process`, as far as it means something in a worker. Its versions are those of the Node that tslab's converter takes it for. */
export function nodeProcess(write: WriteText, folder: () => string) {
  const started = performance.now();
  const stream = (name: "stdout" | "stderr") => ({
    isTTY: false,
    write(text: string | Uint8Array) {
      write(name, typeof text === "string" ? text : new TextDecoder().decode(text));
      return true;
    },
  });
  const hrtime = (before?: readonly [number, number]): [number, number] => {
    const now = performance.now();
    const [seconds, nanoseconds] = [Math.floor(now / 1000), Math.floor((now % 1000) * 1e6)];
    if (!before) return [seconds, nanoseconds];
    const difference = (seconds - before[0]) * 1e9 + nanoseconds - before[1];
    return [Math.floor(difference / 1e9), difference % 1e9];
  };
  return Object.assign(new EventEmitter(), {
    arch: "wasm",
    argv: ["node", "tslab"],
    browser: true,
    cwd: folder,
    env: {} as Record<string, string>,
    exit() {
      throw new Error("A notebook cannot exit; shut its kernel down in the menu Kernel.");
    },
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.round(performance.now() * 1e6)) }),
    nextTick: (task: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => task(...args)),
    pid: 1,
    platform: "browser",
    stderr: stream("stderr"),
    stdin: { isTTY: false },
    stdout: stream("stdout"),
    uptime: () => (performance.now() - started) / 1000,
    version: "v20.0.0",
    versions: { node: "20.0.0" },
  });
}

export type NodeProcess = ReturnType<typeof nodeProcess>;
