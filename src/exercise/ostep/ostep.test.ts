import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ostep, ostepResult } from "./ostep";

// Calls of malloc.py of OSTEP's homework (ostep-homework, vm-freespace) with what it printed under Python 3.
const EXAMPLES: readonly { flags: string[]; output: string }[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures/examples.json"), "utf8"),
);

describe("ostep prints what malloc.py printed", () => {
  test.each(EXAMPLES)("$flags", ({ flags, output }) => expect(ostep(flags)).toBe(output));
});

/** The lines of operations: what follows the flags. */
const operationsOf = (flags: string) => ostep(flags).split("\n\n").slice(1).join("\n\n");

describe("listed operations", () => {
  test("without -c, questions", () => {
    expect(operationsOf("-A +10,-0,+20")).toBe(
      "ptr[0] = Alloc(10) returned ?\nList?\n\nFree(ptr[0])\nreturned ?\nList?\n\nptr[1] = Alloc(20) returned ?\nList?\n\n",
    );
  });

  test("the address is the block's; a failed allocation is no pointer, and the pointers behind it cannot be freed", () => {
    expect(operationsOf("-S 20 -H 4 -A +30,+6,-0,-1 -c")).toBe(
      `ptr[0] = Alloc(30) returned -1 (searched 1 elements)
Free List [ Size 1 ]: [ addr:1000 sz:20 ]

ptr[1] = Alloc(6) returned 1000 (searched 1 elements)
Free List [ Size 1 ]: [ addr:1010 sz:10 ]

Free(ptr[0])
`,
    );
    expect(ostepResult("-S 20 -H 4 -A +30,+6,-0,-1 -c")).toMatchObject({
      stderr: "KeyError: 0\n",
      status: 1,
    });
    expect(operationsOf("-S 20 -A +6,+30,-1 -c")).toMatch(/\]\n\nInvalid Free: Skipping\n$/);
  });

  test("a second free answers -1", () => {
    expect(operationsOf("-A +6,-0,-0 -c")).toMatch(
      /Free\(ptr\[0\]\)\nreturned 0\n.*\n\nFree\(ptr\[0\]\)\nreturned -1\n.*\n\n$/,
    );
  });

  test("numbers are Python's: blanks, a sign, underscores; what follows a second sign is left out", () => {
    expect(operationsOf("-A +1_0,+5+6,-0-7")).toContain("ptr[1] = Alloc(5)");
    expect(ostep(["-A", "+ 7,+-0"])).toContain("ptr[0] = Alloc(7) returned ?\n");
  });

  test.each([
    ["+5,x3", "NameError: name 'abort' is not defined"],
    ["+5,,+3", "IndexError: string index out of range"],
    ["+5,+", "ValueError: invalid literal for int() with base 10: ''"],
    ["+5,+0x5", "ValueError: invalid literal for int() with base 10: '0x5'"],
    ["+5,--1", "ValueError: invalid literal for int() with base 10: ''"],
    ["+0,+0", "AssertionError"],
  ])("%s ends the program: %s", (list, error) => {
    const { stdout, stderr, status } = ostepResult(["-A", list]);
    expect(stdout).toMatch(/Alloc\([05]\) returned \?\nList\?\n\n$/);
    expect([stderr, status]).toEqual([`${error}\n`, 1]);
  });
});

describe("drawn operations", () => {
  test("a failed allocation prints the header less 1", () => {
    expect(operationsOf("-S 5 -H 4 -n 1 -r 100 -P 100 -c")).toMatch(/returned 3 \(searched 1 elements\)/);
  });

  test.each(["-n 0", "-n -3"])("%s: none", (flags) => expect(operationsOf(flags)).toBe(""));

  test("-P 100 allocates only; a share of nothing, or less, ends the program", () => {
    expect(operationsOf("-P 100 -n 50")).not.toContain("Free(");
    for (const share of ["0", "-5"]) {
      const { stdout, stderr, status } = ostepResult(["-P", share]);
      expect(stdout).toMatch(/\ncompute False\n\n$/);
      expect([stderr, status]).toEqual(["AssertionError\n", 1]);
    }
  });

  test("numbers have no limit", () => {
    const large = "123456789012345678901234567890";
    expect(ostep(["-b", large, "-S", large, "-n", "1", "-c"])).toContain(`returned ${large} (searched`);
    expect(ostep(["-s", `-${large}`])).toContain(`seed -${large}\n`);
    expect(ostepResult(["-r", "9".repeat(400)]).stderr).toBe(
      "OverflowError: int too large to convert to float\n",
    );
  });
});

test("a policy, an order or an alignment that there is not ends the program before it prints anything", () => {
  for (const flags of ["-p NEXT", "-p best", "-l RANDOM", "-a 0", "-a -2"]) {
    expect(ostepResult(flags)).toEqual({ stdout: "", stderr: "AssertionError\n", status: 1 });
    expect(ostep(flags)).toBe("AssertionError\n");
  }
});

describe("flags", () => {
  test.each([
    [["-Ccn5"], ["-C", "-c", "-n", "5"]],
    [
      ["-s3", "--size=50"],
      ["-s", "3", "-S", "50"],
    ],
    [
      ["--see", "3", "--num=4"],
      ["-s", "3", "-n", "4"],
    ],
    [
      ["word", "-n", "3", "-", "--", "-n", "9"],
      ["-n", "3"],
    ],
    [
      ["-n", "1", "-n", "2"],
      ["-n", "2"],
    ],
    [
      ["-s", "0x1F", "-n", "010"],
      ["-s", "31", "-n", "8"],
    ],
    [
      ["-s", "0b101", "-S", " 1_000 "],
      ["-s", "5", "-S", "1000"],
    ],
    [["-A", ""], []],
  ])("%j are %j", (flags, plain) => expect(ostep(flags)).toBe(ostep(plain)));

  // As optparse of Python 3.11 printed it.
  test.each([
    [["-x"], "no such option: -x"],
    [["-cx"], "no such option: -x"],
    [["--nope=3"], "no such option: --nope"],
    [["-n"], "-n option requires 1 argument"],
    [["--numOps"], "--numOps option requires 1 argument"],
    [["-n", "ten"], "option -n: invalid integer value: 'ten'"],
    [["-n=5"], "option -n: invalid integer value: '=5'"],
    [["--num", "-c"], "option --numOps: invalid integer value: '-c'"],
    [["-s", "08"], "option -s: invalid integer value: '08'"],
    [["-s", "2.5"], "option -s: invalid integer value: '2.5'"],
    [["-s", "it's\n"], `option -s: invalid integer value: "it's\\n"`],
    [["-s", "\\é\u00a0"], String.raw`option -s: invalid integer value: '\\é\xa0'`],
    [["--coalesce=1"], "--coalesce option does not take a value"],
    [["--s", "3"], "ambiguous option: --s (--seed, --size?)"],
    [["--h"], "ambiguous option: --h (--headerSize, --help?)"],
    [["-x", "--help"], "no such option: -x"],
  ])("%j get a usage error, and status 2", (flags, message) => {
    const stderr = `Usage: malloc.py [options]\n\nmalloc.py: error: ${message}\n`;
    expect(ostepResult(flags)).toEqual({ stdout: "", stderr, status: 2 });
    expect(ostep(flags)).toBe(stderr);
  });

  test.each(["-h", "--help -x", "--hel", "-ch"])("%s prints the help", (flags) => {
    expect(ostepResult(flags)).toEqual({ stdout: HELP, stderr: "", status: 0 });
  });

  test("what is no list of words is refused", () => {
    for (const flags of [undefined, 5, [5], { flags: [] }])
      expect(() => ostep(flags as unknown as string[])).toThrow(TypeError);
  });
});

const HELP = `Usage: malloc.py [options]

Options:
  -h, --help            show this help message and exit
  -s SEED, --seed=SEED  the random seed
  -S HEAPSIZE, --size=HEAPSIZE
                        size of the heap
  -b BASEADDR, --baseAddr=BASEADDR
                        base address of heap
  -H HEADERSIZE, --headerSize=HEADERSIZE
                        size of the header
  -a ALIGNMENT, --alignment=ALIGNMENT
                        align allocated units to size; -1->no align
  -p POLICY, --policy=POLICY
                        list search (BEST, WORST, FIRST)
  -l ORDER, --listOrder=ORDER
                        list order (ADDRSORT, SIZESORT+, SIZESORT-, INSERT-
                        FRONT, INSERT-BACK)
  -C, --coalesce        coalesce the free list?
  -n OPSNUM, --numOps=OPSNUM
                        number of random ops to generate
  -r OPSRANGE, --range=OPSRANGE
                        max alloc size
  -P OPSPALLOC, --percentAlloc=OPSPALLOC
                        percent of ops that are allocs
  -A OPSLIST, --allocList=OPSLIST
                        instead of random, list of ops (+10,-0,etc)
  -c, --compute         compute answers for me
`;
