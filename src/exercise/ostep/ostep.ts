import { helpText, type OstepFlags, ostepFlags, PROGRAM } from "./flags";
import { type OstepOperation, operations } from "./operations";
import { HELP, UsageError, usageErrorOf } from "./optparse";
import { OstepHeap } from "./ostep-heap";
import { PythonError, pythonBool } from "./python";

/** What a call of malloc.py leaves behind. */
export interface OstepResult {
  readonly stdout: string;
  /**
   * What stands on stderr: the usage error, or the last line of the traceback. (The lines above it would be the program's own, and are
   * left out.)
   */
  readonly stderr: string;
  /** 0; 2 for a usage error; 1 when the program ends with a traceback. */
  readonly status: 0 | 1 | 2;
}

/**
 * The text that malloc.py, the simulator of OSTEP's homework on free-space management (chapter 17), prints for these flags under
 * Python 3, byte for byte: what stands on stdout, or, when nothing does, on stderr. Its quirks are kept: see `OSTEP_QUIRKS`.
 *
 * As in Python, addresses and sizes have no limit, and a call takes the time that its `-n` asks for.
 * @param flags the words of the command line behind the program's name; a string is split at blanks
 * @throws TypeError for flags that are no words. Flags that the program does not take get its own usage error, as text.
 * @see https://pages.cs.wisc.edu/~remzi/OSTEP/ R. and A. Arpaci-Dusseau, Operating Systems: Three Easy Pieces
 * @example ostep(["-S", "100", "-b", "1000", "-H", "4", "-a", "4", "-l", "ADDRSORT", "-p", "BEST", "-n", "5", "-c"])
 * @example ostep("-A +10,+10,+10,-0,-2 -c")
 */
export function ostep(flags: string | readonly string[]): string {
  const { stdout, stderr } = ostepResult(flags);
  return stdout || stderr;
}

/** What a call of malloc.py with these flags leaves behind: both outputs and the exit status. @throws as `ostep` */
export function ostepResult(flags: string | readonly string[]): OstepResult {
  const printed: string[] = [];
  const end = runOstep(flags, (text) => printed.push(text));
  return { stdout: printed.join(""), ...end };
}

/** Runs a call, and hands on what it prints to stdout as it goes. @throws as `ostep` */
export function runOstep(
  flags: string | readonly string[],
  print: (text: string) => void,
): Pick<OstepResult, "stderr" | "status"> {
  try {
    const given = ostepFlags(flags);
    if (given === HELP) print(helpText());
    else runProgram(given, print);
    return { stderr: "", status: 0 };
  } catch (error) {
    if (error instanceof UsageError) return { stderr: usageErrorOf(PROGRAM, error), status: 2 };
    if (error instanceof PythonError) return { stderr: `${error.message}\n`, status: 1 };
    throw error;
  }
}

function runProgram(flags: OstepFlags, print: (text: string) => void): void {
  const heap = new OstepHeap(flags);
  print(`${headOf(flags)}\n`);
  for (const operation of operations(flags, heap)) print(textOf(operation, flags, heap));
}

/** The lines that repeat the flags. */
function headOf(flags: OstepFlags): string {
  const lines: [string, bigint | string][] = [
    ["seed", flags.seed],
    ["size", flags.size],
    ["baseAddr", flags.base],
    ["headerSize", flags.header],
    ["alignment", flags.align],
    ["policy", flags.policy],
    ["listOrder", flags.order],
    ["coalesce", pythonBool(flags.coalesce)],
    ["numOps", flags.operations],
    ["range", flags.range],
    ["percentAlloc", flags.percentAlloc],
    ["allocList", flags.allocList],
    ["compute", pythonBool(flags.compute)],
  ];
  return lines.map(([name, value]) => `${name} ${value}\n`).join("");
}

/** What is printed of an operation, with its answer or a question mark. */
function textOf(operation: OstepOperation, flags: OstepFlags, heap: OstepHeap): string {
  const { compute, header } = flags;
  const random = flags.allocList === "";
  switch (operation.kind) {
    case "skipped":
      return "Invalid Free: Skipping\n";
    case "crash":
      return `Free(ptr[${operation.pointer}])\n`;
    case "free": {
      const answer = compute ? (operation.freed ? 0 : -1) : "?";
      return `Free(ptr[${operation.pointer}])\nreturned ${answer}\n${listOf()}`;
    }
    case "alloc": {
      // Of listed operations the address is the block's, of drawn ones the payload's.
      const address = operation.address + (random ? header : 0n);
      const answer = compute ? `${address} (searched ${operation.searched} elements)` : "?";
      return `ptr[${operation.pointer}] = Alloc(${operation.request}) returned ${answer}\n${listOf()}`;
    }
  }

  function listOf(): string {
    if (!compute) return random ? "List? \n\n" : "List?\n\n";
    const holes = heap.list.map(({ address, size }) => `[ addr:${address} sz:${size} ]`);
    return `Free List [ Size ${holes.length} ]: ${holes.join("")}\n\n`;
  }
}
