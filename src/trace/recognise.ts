import { characters, type Line } from "./line";
import type { TraceFormat } from "./trace-error";

/** The first line of our own compact form; what follows it may change with the number. */
export const COMPACT_MAGIC = "freelist-lab trace 1";

const SIGNS: readonly (readonly [RegExp, TraceFormat])[] = [
  [/^freelist-lab trace /, "compact"],
  [/^(?:= (?:Start|End)\s*$|@ |[-+<>!] (?:0x|\(nil\)))/, "mtrace"],
  [/^(?:==\d+==|--\d+--|\*\*\d+\*\*)/, "valgrind"],
  [/^v [0-9a-f]+(?: [0-9a-f]+)?\s*$/, "heaptrack"],
  [/^\s*(?:-?\d+\s*$|[arf]\s)/, "rep"],
];

/** Which format a text has whose first line that is not blank is `line`; a string with the reason when it has none. */
export function recognise(line: Line): TraceFormat | { readonly reason: string } {
  const start = characters(line.bytes, line.start, Math.min(line.end, line.start + 200));
  for (const [sign, format] of SIGNS) if (sign.test(start)) return format;
  if (/^(?:\[pid \d+\] )?(?:[\w./-]+->)?(?:malloc|calloc|realloc|free)\(/.test(start)) {
    return {
      reason: `${line.quote()} looks like ltrace, which invents calls and misses others: record with mtrace or valgrind`,
    };
  }
  return {
    reason: `${line.quote()} begins no trace that is known (.rep, mtrace, valgrind --trace-malloc=yes, heaptrack's raw file, ${COMPACT_MAGIC})`,
  };
}
