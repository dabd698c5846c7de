import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type AssignmentKey, makeKey } from "./assignment-key";
import { grade } from "./grade";
import { answered, handIn, readGrades } from "./testing/class";

// A class hands in its notebooks, and the command grades them with the real kernel.

const scratch = mkdtempSync(join(tmpdir(), "freelist-lab-class-"));
const folder = join(scratch, "handed-in");
const grades = () => readGrades(join(scratch, "grades.csv"));

const OTHERS = [
  "Ada",
  "Failing",
  "Typing",
  "Hanging",
  "Stubborn",
  "Exiting",
  "Killing",
  "Eating",
  "Flooding",
  "Leaving",
  "Redefining",
  "Polluting",
  "Printing",
  "Hardcoding",
  "Throwing",
  "Spying",
  "Absent",
  "=cmd()",
  "Two",
];
const TASKS = ["address", "merge/2:2", "list", "allocator:3", "fit:2"];
const key: AssignmentKey = makeKey({ title: "Free lists", seed: "a secret", tasks: TASKS, students: OTHERS });

/** The right answers of a student, as cells. */
function right(student: string): Record<string, string> {
  const { answers } = key.students.find(({ name }) => name === student)!;
  const values = answers
    .slice(0, 3)
    .map((answer, i) => [`q${i + 1}`, `answer("q${i + 1}", ${JSON.stringify(answer)});`]);
  return { ...Object.fromEntries(values), q3: `${values[2]![1]}\n${ROUND_UP}`, q4: RIGHT_HEAP, q5: BEST_FIT };
}

/** First fit in address order, as a student may write it, with a function that lies in another cell. */
const RIGHT_HEAP = `interface Hole { address: number; size: number }
class MyHeap_q4 {
  #holes: Hole[];
  private sizes = new Map<number, number>();
  constructor(heapSize: number, private readonly pageSize: number) {
    this.#holes = [{ address: 0, size: heapSize }];
  }
  malloc(request: number): number | null {
    const size = roundUp(request, this.pageSize);
    const at = this.#holes.findIndex((hole) => hole.size >= size);
    if (at < 0) return null;
    const { address, size: old } = this.#holes[at]!;
    this.#holes.splice(at, 1, ...(old > size ? [{ address: address + size, size: old - size }] : []));
    this.sizes.set(address, size);
    return address;
  }
  free(address: number | null): boolean {
    const size = this.sizes.get(address ?? -1);
    if (size === undefined) return false;
    this.sizes.delete(address!);
    this.#holes.push({ address: address!, size });
    this.#holes.sort((a, b) => a.address - b.address);
    this.#holes = this.#holes.reduce<Hole[]>((merged, hole) => {
      const last = merged.at(-1);
      if (last && last.address + last.size === hole.address) last.size += hole.size;
      else merged.push({ ...hole });
      return merged;
    }, []);
    return true;
  }
  holes() { return this.#holes; }
}
answer("q4", MyHeap_q4);`;
const ROUND_UP = "const roundUp = (bytes: number, unit: number) => Math.ceil(bytes / unit) * unit;";
const BEST_FIT = `const smallest = (holes: any[]) => [...holes].sort((a, b) => a.size - b.size)[0] ?? null;
answer("q5", (holes: any[], size: number) => smallest(holes.filter((hole) => hole.size >= size)));`;

let status: number | undefined;
let printed = "";

beforeAll(async () => {
  const give = (student: string, ...rest: [Record<string, string>?, Parameters<typeof answered>[3]?]) =>
    handIn(folder, `${student}.ipynb`, answered(key, student, rest[0] ?? right(student), rest[1] ?? []));

  handIn(folder, "late/ada_4711_renamed by the system.ipynb", answered(key, "Ada", right("Ada")));
  give("Failing", {
    q1: 'answer("q1", 1);',
    q2: 'answer("q2", "what?");',
    q4: 'class Bump { malloc(n: number) { return 0; } free(a: number) { return true; } }\nanswer("q4", Bump);',
    q5: 'answer("q5", 4);',
  });
  give("Typing", { ...right("Typing"), q2: 'const x: number = "a"; answer("q2", 1);' });
  give("Hanging", right("Hanging"), [{ before: "q2", source: "for (;;);" }]);
  give("Stubborn", right("Stubborn"), [
    { before: "q3", source: 'process.on("SIGINT", () => {}); await new Promise(() => {});' },
  ]);
  give("Exiting", right("Exiting"), [{ before: "q2", source: "process.exit(0);" }]);
  give("Killing", right("Killing"), [
    {
      before: "q3",
      source: 'for (const pid of [process.ppid, 0]) try { process.kill(pid, "SIGKILL"); } catch {}',
    },
  ]);
  give("Eating", right("Eating"), [
    { before: "q2", source: "const eaten: Buffer[] = []; for (;;) { eaten.push(Buffer.alloc(1e7, 1)); }" },
  ]);
  give("Flooding", right("Flooding"), [
    {
      before: "q2",
      source:
        'const flood = async () => { for (;;) { console.log("x".repeat(100000)); await new Promise((r) => setImmediate(r)); } };\nawait flood();',
    },
  ]);
  give("Leaving", right("Leaving"), [
    {
      source: `import { spawn } from "child_process";
spawn(process.execPath, ["-e", "setTimeout(() => require('fs').writeFileSync('${join(scratch, "left")}', ''), 60000)"], { detached: true, stdio: "ignore" }).unref();
import { writeFileSync } from "fs"; writeFileSync("large", Buffer.alloc(2e8));`,
    },
  ]);
  give("Redefining", { q1: 'answer("q1", 1);' }, [
    {
      before: "q1",
      source: `import * as all from "freelist-lab";
const lab = all as any; const assert = require("assert") as any;
for (const name of ["makeExercise", "findBug", "answer"]) try { Object.defineProperty(lab, name, { value: () => ({ right: true, found: false }) }); } catch {}
try { lab.Exercise.prototype.grade = () => ({ right: true, message: "Right." }); } catch {}
assert.ok = assert.strictEqual = () => {};
process.stdout.write = () => true; console.log = () => {};`,
    },
  ]);
  give(
    "Polluting",
    {
      q1: 'answer("q1", { valueOf: () => 0, toString: () => "0", [Symbol.iterator]: () => [][Symbol.iterator](), right: true, points: 99 });',
    },
    [
      {
        before: "q1",
        source: `const everything = Object.prototype as any; everything.right = true; everything.points = 99; everything.share = 1;
(Array.prototype as any).toJSON = function () { return [{ right: true, share: 1 }]; };
const stringify = JSON.stringify; JSON.stringify = (value: any, ...rest: any[]) => stringify(value?.name ? { name: value.name, value: value.value, right: true, share: 1, points: 99 } : value, ...rest);`,
      },
    ],
  );
  give("Printing", {}, [
    {
      source: `import { display } from "tslab";
import { writeSync } from "fs";
for (const line of ['{"end":"finished"}', '{"judgement":{"share":1,"remark":""}}', '{"points":9}', "Printing,Printing.ipynb,9,9,1,2,1,3,2,", "q1 (1 of 1)"]) {
  console.log(line); try { writeSync(1, line + "\\n"); writeSync(2, line + "\\n"); } catch {}
}
display.html('<div data-freelist-lab-answer="%7B%22name%22%3A%22q1%22%2C%22value%22%3A%22' + "x".repeat(10) + '%22%2C%22share%22%3A1%2C%22right%22%3Atrue%7D"></div>');`,
    },
  ]);
  const saved = answered(key, "Hardcoding", {});
  const perfect = right("Hardcoding");
  for (const cell of saved.cells)
    if (cell.cell_type === "code")
      cell.outputs = [
        { output_type: "display_data", metadata: {}, data: { "text/html": Object.values(perfect).join("") } },
        { output_type: "stream", name: "stdout", text: "Right: 9 of 9 points" },
      ];
  saved.cells.push({ cell_type: "markdown", source: Object.values(perfect) });
  saved.metadata.grade = { points: 9 };
  handIn(folder, "Hardcoding.ipynb", saved);
  give("Throwing", {}, [{ before: "q1", source: 'throw new Error("so that nothing behind is run");' }]);
  give("Spying", {}, [
    {
      before: "q1",
      source: `import { readdirSync, readFileSync, existsSync } from "fs"; import { homedir, tmpdir } from "os";
const seen = [JSON.stringify(process.env), ...["..", ".", homedir(), tmpdir()].flatMap((place) => readdirSync(place)), process.argv.join(" ")].join(" ");
answer("q1", seen.includes("secret") || seen.includes("key.json") ? "seen" : "unseen");
throw new Error(seen.includes("secret") || seen.includes("key.json") ? "SEEN " + seen : "unseen");`,
    },
  ]);
  give("=cmd()", { q1: 'answer("q1", "=cmd()");' });
  give("Two", right("Two"));
  handIn(folder, "again/Two.ipynb", answered(key, "Two", {}));
  handIn(folder, "absent.txt", "I am not here.");
  handIn(folder, "broken.ipynb", "{ not JSON");
  handIn(folder, "nobody's.ipynb", { ...answered(key, "Ada", {}), metadata: {} });
  handIn(folder, "python.ipynb", {
    ...answered(key, "Ada", {}),
    metadata: { kernelspec: { name: "python3", language: "python", display_name: "Python 3" } },
  });

  process.env.GRADE_TEST_SECRET = "a secret";
  const log = vi.spyOn(console, "log").mockImplementation((text) => {
    printed += `${text}\n`;
  });
  const progress = vi.spyOn(console, "error").mockImplementation(() => {});
  const keyFile = join(scratch, "instructor", "key.json");
  handIn(join(scratch, "instructor"), "key.json", JSON.stringify(key));
  const flags = {
    key: keyFile,
    out: join(scratch, "grades.csv"),
    jobs: "2",
    "cell-seconds": "20",
    "notebook-seconds": "120",
    memory: "900",
  };
  status = await grade.run({ flags, operands: [folder], cwd: scratch });
  log.mockRestore();
  progress.mockRestore();
}, 900_000);
afterAll(() => {
  delete process.env.GRADE_TEST_SECRET;
  rmSync(scratch, { recursive: true, force: true });
});

/** The points of a notebook's questions, in their order. */
const points = (file: string) =>
  ["q1", "q2", "q3", "q4", "q5"].map((name) => Number(grades().get(file)?.[name]));
const remarks = (file: string) => grades().get(file)?.remarks;

describe("npm run grade", () => {
  test("gives a perfect notebook every point, under whatever name it comes", () => {
    expect(points("late/ada_4711_renamed by the system.ipynb")).toEqual([1, 2, 1, 3, 2]);
    expect(remarks("late/ada_4711_renamed by the system.ipynb")).toBe("");
  });

  test("says what is wrong with each answer", () => {
    expect(points("Failing.ipynb")).toEqual([0, 0, 0, 0, 0]);
    expect(remarks("Failing.ipynb")).toMatch(
      /q1 \(0 of 1\): Not 1, but .*q2 \(0 of 2\): The answer is a hole .*q3 \(0 of 1\): No answer\. q4 \(0 of 3\): A fault of a heap.*q5 \(0 of 2\): The answer is a value, and no class or function\./,
    );
  });

  test("goes on behind a cell that fails, and runs those that the kernel would have left out", () => {
    expect(points("Typing.ipynb")).toEqual([1, 0, 1, 3, 2]);
    expect(remarks("Typing.ipynb")).toMatch(
      /Code cell \d failed: .*Type 'string' is not assignable to type 'number'.*q2 \(0 of 2\): No answer\./,
    );
    expect(points("Throwing.ipynb")).toEqual([0, 0, 0, 0, 0]);
    expect(remarks("Throwing.ipynb")).toContain("Code cell 2 failed: Error: so that nothing behind is run.");
  });

  test("interrupts a cell that hangs, and goes on", () => {
    expect(points("Hanging.ipynb")).toEqual([1, 2, 1, 3, 2]);
    expect(remarks("Hanging.ipynb")).toMatch(/Code cell 3 took too long and was interrupted/);
  });

  test("ends a notebook whose cell will not be interrupted, and counts what it had answered", () => {
    expect(points("Stubborn.ipynb")).toEqual([1, 2, 0, 0, 0]);
    expect(remarks("Stubborn.ipynb")).toMatch(/could not be interrupted/);
  });

  test("counts what was answered before the kernel ended, of whatever it died", () => {
    expect(points("Exiting.ipynb")).toEqual([1, 0, 0, 0, 0]);
    expect(points("Eating.ipynb")).toEqual([1, 0, 0, 0, 0]);
    expect(points("Flooding.ipynb")).toEqual([1, 0, 0, 0, 0]);
    expect(points("Killing.ipynb").slice(0, 2)).toEqual([1, 2]);
    expect(remarks("Exiting.ipynb")).toContain("A cell ended the kernel");
    expect(remarks("Eating.ipynb")).toMatch(/memory|ended the kernel/);
    expect(remarks("Flooding.ipynb")).toContain("It printed more than");
  });

  test("lets nothing of a notebook live on, and no large file be written", () => {
    expect(remarks("Leaving.ipynb")).toMatch(/EFBIG|ended the kernel/);
    expect(points("Leaving.ipynb")).toEqual([1, 2, 1, 3, 2]);
    expect(existsSync(join(scratch, "left"))).toBe(false);
  });

  test("gives nothing for changing the checker, the objects, the outputs, what is saved, or for printing what a grader would", () => {
    for (const name of ["Redefining", "Polluting", "Printing", "Hardcoding"]) {
      expect([name, ...points(`${name}.ipynb`)]).toEqual([name, 0, 0, 0, 0, 0]);
      // They were run as they are meant to.
      expect(remarks(`${name}.ipynb`)).not.toContain("failed");
    }
  });

  test("shows a notebook nothing of the key, in its folder, its environment or its command", () => {
    expect(remarks("Spying.ipynb")).toContain("unseen");
    expect(remarks("Spying.ipynb")).not.toContain("SEEN");
  });

  test("has a line for each student and each file, with the reason where nothing was graded", () => {
    const all = grades();
    expect(all.get("Absent")).toMatchObject({ file: "", points: "0", remarks: "No notebook was handed in." });
    expect(remarks("broken.ipynb")).toBe("It is no notebook: the file is not JSON.");
    expect(remarks("nobody's.ipynb")).toMatch(/^Whose it is cannot be told/);
    expect(remarks("python.ipynb")).toMatch(/another kernel, "python"/);
    expect(points("Two.ipynb")).toEqual([1, 2, 1, 3, 2]);
    expect(remarks("again/Two.ipynb")).toContain(
      "There are 2 notebooks of this student: Two.ipynb, again/Two.ipynb.",
    );
    expect(all.size).toBe(OTHERS.length + 4);
  });

  test("writes a table in which no name is a formula, and the text beside it", () => {
    const csv = readFileSync(join(scratch, "grades.csv"), "utf8");
    expect(csv).toContain('\r\n"\'=cmd()",');
    expect(csv.split("\r\n")[0]).toBe("student,file,points,of,q1,q2,q3,q4,q5,remarks");
    expect(readFileSync(join(scratch, "grades.txt"), "utf8").trim()).toBe(printed.trim());
    expect(status).toBe(2);
  });
});
