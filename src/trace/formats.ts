import { android } from "./android";
import { compact } from "./compact";
import { heaptrack } from "./heaptrack";
import { characters, type Line } from "./line";
import { mtrace } from "./mtrace";
import { rep } from "./rep";
import type { Format } from "./trace-reader";
import { valgrind } from "./valgrind";

/** The formats that traces are read from, in the order in which their signs are looked for. A further one is a file and a line here. */
export const FORMATS = { compact, mtrace, valgrind, heaptrack, android, rep } as const satisfies Record<
  string,
  Format
>;

/** The name of a format that `parseTrace` reads. */
export type TraceFormat = keyof typeof FORMATS;

/** What is often taken for a trace and is none: how it begins, and what to say of it. */
const NO_TRACES: readonly (readonly [sign: RegExp, reason: string])[] = [
  [
    /^(?:\[pid \d+\] |\d+ )?(?:[\d:.]+ )?(?:[\w.-]+->)?(?:__libc_start_main|malloc|calloc|realloc|free)\(/,
    "looks like ltrace, which invents calls and misses others: record with mtrace or valgrind",
  ],
  [
    /^(?:\[pid \d+\] |\d+ )?(?:[\d:.]+ )?\w+\(.*(?:\) += |<unfinished \.\.\.>)/,
    "looks like strace or ltrace, which do not see every call of malloc: record with mtrace or valgrind",
  ],
  [
    /^desc: /,
    "looks like massif's output, which holds totals and no calls: record with valgrind --trace-malloc=yes",
  ],
  [/^(?:\{|\[(?:$|[\s\d[{"]))/, "looks like JSON, which no trace is: a history is read by History.decode"],
];

/** The format of a text that begins with `line`, blank lines and comments aside; null when there is none. */
export function recognise(line: Line): TraceFormat | null {
  const start = startOf(line);
  const found = Object.entries(FORMATS).find(([, { sign }]) => sign.test(start));
  return found ? (found[0] as TraceFormat) : null;
}

/** Why a text that begins with `line` is refused: it is of no format. */
export function unknownReason(line: Line): string {
  const start = startOf(line);
  if (isBinary(start)) return `this is binary data: a trace is text (${titles()})`;
  const known = NO_TRACES.find(([sign]) => sign.test(start));
  return `${line.quote()} ${known?.[1] ?? `begins no trace that is known (${titles()})`}`;
}

function startOf({ bytes, start, end }: Line): string {
  return characters(bytes, start, Math.min(end, start + 200));
}

function titles(): string {
  const all = Object.values(FORMATS).map(({ title }) => title);
  return all.join(", ");
}

/** Whether there are control characters other than blanks, line breaks and escapes, which are in no text. */
function isBinary(text: string): boolean {
  return Array.from(text, (character) => character.charCodeAt(0)).some(
    (code) => code < 9 || (code > 13 && code < 27),
  );
}
