import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXERCISE_NAMES } from "../../exercise/exercises";
import { answerIn } from "../../notebook/answer";
import { makeKey, readKey } from "./assignment-key";
import { gradeSubmission, notHandedIn } from "./grade-submission";
import { gradesCsv, gradesText, pointsOf } from "./gradebook";
import { handout, handoutNames } from "./handout";
import { readSubmission } from "./submission";
import { parseTask } from "./tasks";
import { answered, readCsv } from "./testing/class";

const students = ["Ada", "Ada L.", "李雷", "=1+1", "../../etc/passwd", "a\u202eb", "*Star* <b>"];
const every = EXERCISE_NAMES.flatMap((kind) => [`${kind}/1`, `${kind}/2:2`, `${kind}/3:0.5`]);
const key = makeKey({
  title: "Free <lists>",
  seed: "a secret",
  tasks: [...every.slice(0, 9), "allocator/best/header=8", "fit"],
  students,
});

describe("a key", () => {
  it("has questions and answers of each student's own, the same from the same seed", () => {
    const again = makeKey({
      title: "Free <lists>",
      seed: "a secret",
      tasks: key.questions.map(({ task, points }) => `${task}:${points}`),
      students,
    });
    expect(again).toEqual(key);
    expect(
      makeKey({ title: "Free <lists>", seed: "another", tasks: ["list"], students }).students,
    ).not.toEqual(makeKey({ title: "Free <lists>", seed: "a secret", tasks: ["list"], students }).students);
    expect(new Set(key.students.map(({ answers }) => JSON.stringify(answers))).size).toBe(students.length);
    expect(key.students[0]!.answers.slice(-2)).toEqual([null, null]);
  });

  it("is read from what was written, and refused when it is damaged or of another version", () => {
    expect(readKey(JSON.stringify(key))).toEqual(key);
    expect(() => readKey("{")).toThrow("it is not JSON");
    expect(() => readKey(JSON.stringify({ ...key, version: 2 }))).toThrow("written by a later freelist-lab");
    expect(() => readKey(JSON.stringify({ ...key, seed: "another" }))).toThrow(
      /draws other questions from the key/,
    );
    expect(() =>
      readKey(JSON.stringify({ ...key, questions: [{ name: "q1", points: 1, task: "rm -rf" }] })),
    ).toThrow('There is no task "rm -rf"');
  });

  it("can be asked everything there is", () => {
    for (const task of every)
      expect(
        makeKey({ title: "", seed: "s", tasks: [task], students: [] }).students[0]!.answers[0],
      ).toBeTypeOf("string");
  });

  it.each([
    [
      "adress",
      'There is no task "adress": the tasks are KIND[/LEVEL], allocator[/POLICY], fit; the kinds address,',
    ],
    ["address/4", 'There is no task "address/4": a level is 1, 2 or 3, such as "address/2".'],
    ["allocator/buddy", "an allocator to be written has a free list"],
    ["allocator/greatest", 'has an unknown word "greatest"'],
    ["address:x", '"address:x" is no task with its points'],
    ["address:1:2", '"address:1:2" is no task with its points'],
  ])("refuses the task %s", (task, reason) => {
    expect(() => makeKey({ title: "", seed: "", tasks: [task], students: [] })).toThrow(reason);
  });

  it("refuses a student who stands twice", () => {
    expect(() => makeKey({ title: "", seed: "", tasks: ["list"], students: ["Ada", "Ada"] })).toThrow(
      'The student "Ada" stands twice',
    );
  });
});

describe("a handout", () => {
  it("asks every question and tells neither an answer nor the seed", () => {
    for (const { name, answers } of key.students) {
      const json = handout(key, name);
      const { cells, metadata, nbformat } = JSON.parse(json);
      expect(nbformat).toBe(4);
      expect(metadata["freelist-lab"]).toEqual({ assignment: key.id, student: name });
      expect(json).not.toContain("secret");
      const sources = cells.map(({ source }: { source: string[] }) => source.join(""));
      for (const { name: question } of key.questions) {
        expect(sources.filter((source: string) => source.startsWith(`## ${question}. `))).toHaveLength(1);
        expect(sources.filter((source: string) => source.includes(`answer("${question}",`))).toHaveLength(1);
      }
      expect(answers.length).toBe(key.questions.length);
    }
  });

  it("shows a title and a name as they are, whatever they hold", () => {
    const [first] = JSON.parse(handout(key, "*Star* <b>")).cells;
    expect(first.source.join("")).toContain("# Free \\<lists\\>\n\n\\*Star\\* \\<b\\>\n\n");
  });

  it("has a file name of its own on every system", () => {
    expect(handoutNames(students)).toEqual([
      "ada.ipynb",
      "ada-l.ipynb",
      "李雷.ipynb",
      "1-1.ipynb",
      "etc-passwd.ipynb",
      "a-b.ipynb",
      "star-b.ipynb",
    ]);
    expect(handoutNames(["A", "a", "", "!"])).toEqual([
      "a.ipynb",
      "a-2.ipynb",
      "assignment.ipynb",
      "student.ipynb",
    ]);
  });
});

describe("a submission", () => {
  const folder = mkdtempSync(join(tmpdir(), "freelist-lab-submission-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (content: string | object, file = "x.ipynb") => {
    const path = join(folder, "notebook");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return readSubmission(path, file, key);
  };
  const its = answered(key, "Ada", {});

  it("is its student's by its mark, whatever its file is called; without a mark, by its file's name", () => {
    expect(read(its)).toMatchObject({ student: "Ada", trouble: "" });
    expect(read(its).cells[0]).toBe('import { answer, findBug } from "freelist-lab";');
    expect(read({ ...its, metadata: {} }, "sub/ada_1234_week3.ipynb")).toMatchObject({
      student: "Ada",
      trouble: "",
    });
    expect(read({ ...its, metadata: {} }, "Ada-L (1).ipynb")).toMatchObject({
      student: "Ada L.",
      trouble: "",
    });
    expect(read({ ...its, metadata: {} }, "nevada.ipynb").student).toBe(null);
    expect(read({ ...its, metadata: {} }).trouble).toMatch(/^Whose it is cannot be told/);
  });

  it("is nobody's when its mark and its name differ, or it is of another assignment", () => {
    expect(read(its, "李雷.ipynb")).toMatchObject({
      student: null,
      cells: [],
      trouble: "Its file has the name of 李雷, and inside it is Ada's.",
    });
    const other = { ...its, metadata: { "freelist-lab": { assignment: "other", student: "Ada" } } };
    expect(read(other)).toMatchObject({ cells: [], trouble: "It is a notebook of another assignment." });
  });

  it.each<[string, string | object, RegExp]>([
    ["is empty", "", /^The file is empty/],
    ["is no JSON", "<html>", /^It is no notebook: the file is not JSON/],
    ["is null", "null", /^It is no notebook of format 4/],
    ["is of an old format", { nbformat: 3, worksheets: [] }, /^It is no notebook of format 4, but of 3/],
    ["has no cells", { nbformat: 4 }, /^It is no notebook: it has no cells/],
    [
      "has cells that are none",
      { nbformat: 4, cells: [{ cell_type: "code", source: [1] }] },
      /^It is no notebook: a code cell has no source/,
    ],
    ["has too many cells", { nbformat: 4, cells: Array(2001).fill({}) }, /^It has 2001 cells/],
    [
      "is of another kernel",
      { ...its, metadata: { kernelspec: { name: "python3", language: "python" } } },
      /^It is a notebook of another kernel, "python"/,
    ],
    ["is huge", `[${" ".repeat(20_000_001)}]`, /^The file has 20 MB, and at most 20 are read/],
  ])("that %s cannot be run, and says why", (_, content, reason) => {
    expect(read(content, "ada.ipynb")).toMatchObject({
      student: "Ada",
      cells: [],
      trouble: expect.stringMatching(reason),
    });
  });

  it("gets points for its answers, the last to each question, whatever else it says", async () => {
    const small = makeKey({ title: "", seed: "s", tasks: ["address:2", "list:3", "fit"], students: ["Ada"] });
    const [address, list] = small.students[0]!.answers;
    const answers = new Map<string, never>([
      ["q1", { name: "q1", value: address } as never],
      ["q2", { name: "q2", value: `${list} ` } as never],
      ["q3", { name: "q3", code: { main: "f", parts: [] } } as never],
      ["q99", { name: "q99", value: 1 } as never],
    ]);
    const graded = await gradeSubmission({ student: "Ada", file: "a.ipynb", cells: [], trouble: "" }, small, {
      run: async () => ({ answers, failed: [{ cell: 2, status: "abort", text: "" }], ended: "" }),
      judge: async () => ({ share: 0.5, remark: "Half." }),
    });
    expect(graded.questions.map(({ points }) => points)).toEqual([2, 3, 0.5]);
    expect(pointsOf(graded)).toBe(5.5);
    expect(graded.notes).toEqual(["Code cell 2 was not run.", 'It answers what was not asked: "q99".']);
    expect(graded.whole).toBe(false);
  });
});

describe("the table", () => {
  const small = makeKey({ title: "T", seed: "s", tasks: ["address"], students });
  const graded = students.map((student) => ({
    ...notHandedIn(student, small),
    notes: [`=HYPERLINK("x")\r\n\t${student}`],
  }));

  it("is CSV in which no text is a formula, on one line each", () => {
    const rows = readCsv(gradesCsv(small, graded));
    expect(rows).toHaveLength(students.length + 1);
    expect(rows[0]).toEqual(["student", "file", "points", "of", "q1", "remarks"]);
    expect(rows[4]).toEqual(["'=1+1", "", "0", "1", "0", '\'=HYPERLINK("x") =1+1']);
    for (const row of rows) for (const field of row) expect(field).not.toMatch(/^[=+\-@]|[\r\n\t\u202e]/);
  });

  it("is text in which nothing commands a terminal", () => {
    const text = gradesText(small, [{ ...graded[0]!, notes: ["\u001b[2J red", "one\ntwo"] }]);
    expect(text).not.toContain("\u001b");
    expect(text).toContain("Ada (no file): 0 of 1\n  \ufffd[2J red\n  one\n    two\n");
  });
});

describe("answerIn", () => {
  const output = (given: unknown) =>
    `<div data-freelist-lab-answer="${encodeURIComponent(JSON.stringify(given))}">q1: 1</div>`;
  it("reads what answer() shows, and nothing else of it", () => {
    expect(answerIn(output({ name: "q1", value: [1, null], right: true }))).toEqual({
      name: "q1",
      value: [1, null],
    });
    const code = { main: "f", parts: [{ name: "f", source: "() => 1", more: 1 }], share: 1 };
    expect(answerIn(output({ name: "q1", code }))).toEqual({
      name: "q1",
      code: { main: "f", parts: [{ name: "f", source: "() => 1" }] },
    });
  });
  it.each([
    "",
    "<div>",
    'data-freelist-lab-answer="%"',
    'data-freelist-lab-answer="1"',
    output(null),
    output({}),
    output({ name: 1, value: 1 }),
    output({ name: "q1" }),
    output({ name: "q1", code: 1 }),
    output({ name: "q1", code: { parts: [null] } }),
  ])("finds none in %s", (markup) => {
    expect(answerIn(markup)).toBe(null);
  });
});

it("parseTask reads a policy of the allocator to be written", () => {
  expect(parseTask("allocator/best/lifo/align=8").ask("").cells("q1").at(-1)).toBe(
    'findBug(MyHeap_q1, {"fit":"best","order":"lifo","align":8})',
  );
});
