import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { startSession } from "../session";
import type { CellResult } from "./run-cells";

// Runs cells under the browser's kernel, its worker aside.

async function main(given: string, results: string, folder: string): Promise<void> {
  const { exit } = process;
  const session = require("./session.js") as { startSession: typeof startSession };
  const fetchText = (place: string) => readFileSync(join(folder, "packages", place), "utf8");
  const put = { stdout: "", stderr: "" };
  let displays: { data: object; update: boolean }[] = [];
  const { cells } = session.startSession(
    {
      packages: [{ index: JSON.parse(fetchText("packages.json")), fetchText }],
      files: {
        folder: "/",
        has: () => false,
        read: () => null,
        readLater: async () => null,
        save() {},
        list: () => null,
      },
      ask: async () => "Ada",
    },
    {
      write(stream, text) {
        put[stream] += text;
      },
      display: ({ data }, update) => displays.push({ data, update }),
    },
  );
  const ended: CellResult[] = [];
  for (const code of JSON.parse(readFileSync(given, "utf8")) as string[]) {
    Object.assign(put, { stdout: "", stderr: "" });
    displays = [];
    const error = await cells.run(code, ended.length + 1);
    ended.push({ ok: error === undefined, ...put, traceback: error?.traceback ?? [], displays });
  }
  writeFileSync(results, JSON.stringify(ended));
  exit(0);
}

void main(process.argv[2]!, process.argv[3]!, process.argv[4]!);
