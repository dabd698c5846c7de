import { closeSync, openSync, writeSync } from "node:fs";
import { seededRandom } from "../../../random/seeded-random";

/** Callers as real programs' recordings have them, short and long. */
const CALLERS = [
  "lua5.4:[0x1230d]",
  "perl:(Perl_safesysmalloc+26)[0xf7146]",
  "bash:(xmalloc+e)[0xb3d8e]",
  "/usr/lib/gcc/x86_64-linux-gnu/12/cc1:(xmalloc+1c)[0x15db5ac]",
  "/lib/x86_64-linux-gnu/libc.so.6:(__strdup+1a)[0x9e9aa]",
  "/usr/lib/gcc/x86_64-linux-gnu/12/cc1:(_ZN3gcc12pass_manager19register_dump_filesEP8opt_pass+25)[0xa1b2c3]",
];

/** Blocks that are live at a time, at most. */
const MOST_LIVE = 20_000;

/**
 * Writes a recording of about `bytes` bytes as glibc's mtrace would: mallocs, frees and some reallocs of random blocks,
 * at addresses that are used again.
 */
export function generateMtrace(path: string, bytes: number, seed: number): void {
  const random = seededRandom(seed);
  const draw = (below: number) => Math.floor(random.random() * below);
  const file = openSync(path, "w");
  const live: number[] = [];
  const free: number[] = [];
  let top = 0x55c2ccb254a0;
  let written = 0;
  let text = "= Start\n";
  const address = () => {
    top += free.length === 0 ? 0x40 : 0;
    return free.pop() ?? top;
  };
  const line = (kind: string, rest: string) => {
    text += `@ ${CALLERS[draw(CALLERS.length)]} ${kind} ${rest}\n`;
  };
  const size = () => `0x${(16 + draw(1009)).toString(16)}`;
  const take = () => {
    const index = draw(live.length);
    const block = live[index]!;
    live[index] = live[live.length - 1]!;
    live.pop();
    return block;
  };
  while (written + text.length < bytes) {
    const choice = draw(100);
    if (live.length === 0 || (choice < 51 && live.length < MOST_LIVE)) {
      live.push(address());
      line("+", `0x${live.at(-1)!.toString(16)} ${size()}`);
    } else if (choice < 97) {
      const block = take();
      free.push(block);
      line("-", `0x${block.toString(16)}`);
    } else {
      const block = take();
      live.push(address());
      line("<", `0x${block.toString(16)}`);
      line(">", `0x${live.at(-1)!.toString(16)} ${size()}`);
      free.push(block);
    }
    if (text.length > 1e6) {
      written += writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, `${text}= End\n`);
  closeSync(file);
}
