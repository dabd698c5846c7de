import { parseArgs } from "node:util";
import { Obstacle } from "./step";

/** One of package.json's scripts that bootstrap.js runs: `npm run NAME -- --flag VALUE operand`. */
export interface Command {
  /** What it does, in a sentence. */
  readonly purpose: string;
  /** What else there is to know, in the usage below the flags. Default: nothing. */
  readonly details?: string;
  /** Its flags by name. Each takes a value and may stand once. */
  readonly flags?: Readonly<Record<string, Flag>>;
  /** What stands beside the flags, as the usage shows it, and how many of it there may be. Default: nothing. */
  readonly operands?: { readonly usage: string; readonly least: number; readonly most: number };
  /** True when everything from the first operand on is another program's: its flags are not looked at. */
  readonly endsWithProgram?: boolean;
  /** True when what the user wrote is handed on as it is, as operands. */
  readonly handsOn?: boolean;
  /** @returns the exit code */
  run(given: Given): Promise<number>;
}

/** A flag of a command. */
export interface Flag {
  /** What its value is called in the usage: `FOLDER`. */
  readonly value: string;
  /** What it is for, with its default. */
  readonly purpose: string;
  /** True when the command cannot do without. */
  readonly required?: boolean;
}

/** What the user wrote, read. */
export interface Given {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly operands: readonly string[];
  /** The folder in which the user stands, to which paths are relative; npm runs scripts in the project's. */
  readonly cwd: string;
}

/**
 * Reads what the user wrote behind `--`.
 * @returns null when they ask for help
 * @throws {Obstacle} an unknown flag, one that stands twice or has no value, an operand too many or too few: in a sentence that
 * says what there is
 */
export function readArguments(
  name: string,
  command: Command,
  args: readonly string[],
): Omit<Given, "cwd"> | null {
  const [first = ""] = args;
  if (["--help", "-h"].includes(first)) return null;
  if (command.handsOn) return { flags: {}, operands: args };
  const { flags: known = {}, operands: { least, most } = { least: 0, most: 0 } } = command;
  const refuse = (what: string) => new Obstacle(`${what}: ${usageLine(name, command)}`);
  const options = Object.fromEntries(Object.keys(known).map((flag) => [flag, { type: "string" as const }]));
  const parse = (some: readonly string[]) =>
    parseArgs({ args: [...some], options, strict: false, allowPositionals: true, tokens: true }).tokens;

  const program = command.endsWithProgram && parse(args).find(({ kind }) => kind === "positional");
  const own = program ? args.slice(0, program.index) : args;
  const flags: Record<string, string> = {};
  const operands: string[] = [];
  for (const token of parse(own)) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (["--help", "-h"].includes(token.rawName)) return null;
    if (!flag) throw refuse(`There is no flag ${token.rawName}`);
    const { value = "", inlineValue } = token;
    if (value === "" || (!inlineValue && /^-./.test(value))) {
      throw refuse(`${token.rawName} needs a value (${flag.value})`);
    }
    if (Object.hasOwn(flags, token.name)) throw refuse(`${token.rawName} stands twice`);
    flags[token.name] = value;
  }
  if (program) operands.push(...args.slice(program.index));
  if (operands.length > most) throw refuse(`${JSON.stringify(operands[most])} is one too many`);
  if (operands.length < least) throw refuse(`${command.operands!.usage} is missing`);
  for (const [flag, { required }] of Object.entries(known)) {
    if (required && !Object.hasOwn(flags, flag)) throw refuse(`--${flag} is missing`);
  }
  return { flags, operands };
}

/** What `--help` prints. */
export function usage(name: string, command: Command): string {
  const flags = Object.entries(command.flags ?? {}).map(
    ([flag, { value, purpose }]) => `  ${`--${flag} ${value}`.padEnd(20)}  ${purpose}\n`,
  );
  return `${command.purpose}\n\n  ${usageLine(name, command)}\n\n${flags.join("")}  ${"--help".padEnd(20)}  this text${command.details ? `\n\n${command.details}` : ""}`;
}

function usageLine(name: string, command: Command): string {
  const flags = Object.entries(command.flags ?? {}).map(([flag, { value, required }]) =>
    required ? `--${flag} ${value}` : `[--${flag} ${value}]`,
  );
  const parts = [...flags, command.operands?.usage ?? ""].filter((part) => part !== "");
  const npm = ["start", "test"].includes(name) ? `npm ${name}` : `npm run ${name}`;
  return `${npm} -- ${parts.join(" ") || "[--help]"}`;
}
