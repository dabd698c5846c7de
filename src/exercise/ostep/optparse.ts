import { pythonInt, pythonRepr } from "./python";

// The command line as optparse of Python 3 reads it: flags in one word (-Cc, -n5), long names and their unambiguous beginnings,
// values behind = or in the next word, whatever that begins with; words that are no flags are passed over.

/** A flag of a program. */
export interface Option {
  /** "-n" */
  readonly short: string;
  /** "--numOps" */
  readonly long: string;
  /** What its value is called in the help: "OPSNUM"; none for a flag without a value. */
  readonly value?: string;
  /** Its sentence in the help. */
  readonly help: string;
  /** What it is when it is left out. Says also what is read: an integer, a text, or whether the flag stands there. */
  readonly default: bigint | string | boolean;
}

/** The value of each option: of the type of its default. */
export type Values<Options extends Readonly<Record<string, Option>>> = {
  -readonly [Name in keyof Options]: Options[Name]["default"] extends bigint
    ? bigint
    : Options[Name]["default"] extends string
      ? string
      : boolean;
};

/** The command line asks for help: nothing behind that is read. */
export const HELP = Symbol("help");

/** What is wrong with a command line, in optparse's words. */
export class UsageError extends Error {}

const HELP_OPTION = {
  short: "-h",
  long: "--help",
  help: "show this help message and exit",
  default: false,
} as const satisfies Option;

/**
 * Reads a command line.
 * @throws UsageError for the first word that is no flag of the program's, or has no value that it can read
 */
export function readFlags<Options extends Readonly<Record<string, Option>>>(
  options: Options,
  words: readonly string[],
): Values<Options> | typeof HELP {
  const names = Object.keys(options);
  const values = Object.fromEntries(names.map((name) => [name, options[name]!.default]));
  const all: [string, Option][] = [["", HELP_OPTION], ...Object.entries(options)];
  const longs = all.map(([, { long }]) => long);
  const rest = [...words];

  /** Takes the flag's value off the rest of the line; true when it was the flag for help. */
  function take([name, option]: [string, Option], flag: string): boolean {
    if (option === HELP_OPTION) return true;
    if (option.value === undefined) {
      values[name] = true;
      return false;
    }
    const word = rest.shift();
    if (word === undefined) throw new UsageError(`${flag} option requires 1 argument`);
    values[name] = typeof option.default === "bigint" ? integer(flag, word) : word;
    return false;
  }

  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word === "--") break;
    if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      const flag = longOf(longs, equals < 0 ? word : word.slice(0, equals));
      const option = all[longs.indexOf(flag)]!;
      if (equals >= 0 && option[1].value === undefined)
        throw new UsageError(`${flag} option does not take a value`);
      if (equals >= 0) rest.unshift(word.slice(equals + 1));
      if (take(option, flag)) return HELP;
    } else if (word.startsWith("-") && word.length > 1) {
      const letters = [...word.slice(1)];
      while (letters.length > 0) {
        const flag = `-${letters.shift()}`;
        const option = all.find(([, { short }]) => short === flag);
        if (!option) throw new UsageError(`no such option: ${flag}`);
        if (option[1].value !== undefined && letters.length > 0) rest.unshift(letters.splice(0).join(""));
        if (take(option, flag)) return HELP;
      }
    }
  }
  return values as Values<Options>;
}

/** The one long flag that is `given` or begins so. */
function longOf(longs: readonly string[], given: string): string {
  if (longs.includes(given)) return given;
  const possible = longs.filter((long) => long.startsWith(given)).sort();
  if (possible.length === 0) throw new UsageError(`no such option: ${given}`);
  if (possible.length > 1) throw new UsageError(`ambiguous option: ${given} (${possible.join(", ")}?)`);
  return possible[0]!;
}

/** An integer in any of the bases that optparse reads: 0x and 0b say which, a 0 says octal. */
function integer(flag: string, word: string): bigint {
  const prefix = word.slice(0, 2).toLowerCase();
  const value =
    prefix === "0x"
      ? pythonInt(word, 16)
      : prefix === "0b"
        ? pythonInt(word.slice(2) || "0", 2)
        : pythonInt(word, word.startsWith("0") ? 8 : 10);
  if (value === null) throw new UsageError(`option ${flag}: invalid integer value: ${pythonRepr(word)}`);
  return value;
}

/** The line that says how a program is called. */
export const usageOf = (program: string) => `Usage: ${program} [options]\n\n`;

/** What a program prints to stderr before it ends with status 2. */
export const usageErrorOf = (program: string, { message }: UsageError) =>
  `${usageOf(program)}${program}: error: ${message}\n`;

/** The column at which the sentences of the help begin, and how long their lines may be, in a terminal of 80 columns. */
const HELP_COLUMN = 24;
const HELP_WIDTH = 54;

/** What `--help` prints. */
export function helpOf(program: string, options: Readonly<Record<string, Option>>): string {
  const lines = [HELP_OPTION as Option, ...Object.values(options)].flatMap(({ short, long, value, help }) => {
    const flag = value === undefined ? `  ${short}, ${long}` : `  ${short} ${value}, ${long}=${value}`;
    const sentence = wrapped(help, HELP_WIDTH).map((line) => " ".repeat(HELP_COLUMN) + line);
    if (flag.length > HELP_COLUMN - 2) return [flag, ...sentence];
    return [flag.padEnd(HELP_COLUMN) + sentence[0]!.trimStart(), ...sentence.slice(1)];
  });
  return `${usageOf(program)}Options:\n${lines.join("\n")}\n`;
}

/** Breaks a text into lines, at blanks and behind the hyphen of a compound. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const piece of text.split(/(?<=\s)|(?<=\w-)(?=\w)/)) {
    const line = lines.at(-1)! + piece;
    if (line.trimEnd().length <= width) lines[lines.length - 1] = line;
    else lines.push(piece);
  }
  return lines.map((line) => line.trimEnd());
}
