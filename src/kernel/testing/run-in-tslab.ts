import { readFileSync, writeFileSync } from "node:fs";
import { createConverter } from "tslab/dist/converter";
import { createExecutor } from "tslab/dist/executor";
import { JupyterHandlerImpl } from "tslab/dist/jupyter";
import type { CellResult } from "./run-cells";

// Runs cells under tslab: all of it but its sockets.

async function main(given: string, results: string): Promise<void> {
  const converter = createConverter({ isJS: false, isBrowser: false });
  const converters = { node: converter, browser: converter, close() {} };
  const executor = createExecutor(process.cwd(), converters, { log: console.log, error: console.error });
  const handler = new JupyterHandlerImpl(executor, false);
  const cells: CellResult[] = [];
  for (const code of JSON.parse(readFileSync(given, "utf8")) as string[]) {
    const put = { stdout: "", stderr: "" };
    const displays: { data: object; update: boolean }[] = [];
    const reply = await handler.handleExecute(
      { code } as Parameters<typeof handler.handleExecute>[0],
      (stream, text) => {
        put[stream as "stdout" | "stderr"] += text;
      },
      ({ data }, update) => displays.push({ data, update: update === true }),
    );
    cells.push({ ok: reply.status === "ok", ...put, traceback: [], displays });
    // tslab aborts what it is asked within 200 ms after an error.
    if (reply.status !== "ok") await new Promise((resolve) => setTimeout(resolve, 220));
  }
  writeFileSync(results, JSON.stringify(cells));
  process.exit(0);
}

void main(process.argv[2]!, process.argv[3]!);
