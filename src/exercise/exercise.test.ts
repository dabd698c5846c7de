import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { History } from "../run/history";
import { type Answer, answerRule, readAnswer, sameAnswer, writeAnswer } from "./answer";
import { makeExercise } from "./exercise";
import { EXERCISE_NAMES, EXERCISES } from "./exercises";
import type { Level, Question } from "./question";
import { solve } from "./testing/solve";

/**
 * Questions of each kind, over its levels; `FREELIST_EXERCISES=100000 npm run test:unit -- src/exercise/exercise` verifies more. With 300,
 * each of the 167 slips that the kinds know of has a question among them where it makes another answer than the right one.
 */
const QUESTIONS = Number(process.env.FREELIST_EXERCISES ?? 300);
const LEVELS = [1, 2, 3] as const;
/** Milliseconds that they may take: which-fit, the slowest, takes 4 s for 3,000. */
const PATIENCE = 60_000 + 20 * QUESTIONS;

const over = (text: string) => JSON.parse(text) as Question;

describe.each(EXERCISE_NAMES)("the exercise %s", (kind) => {
  it(
    `has the answer that the textbook heap comes to, ${QUESTIONS} times, and it is no constant`,
    () => {
      for (const level of LEVELS) {
        const answers = new Map<string, number>();
        const prompts = new Set<string>();
        const count = Math.ceil(QUESTIONS / 3);
        for (let seed = 0; seed < count; seed++) {
          const exercise = makeExercise({ kind, level, seed });
          const answer = solve(over(JSON.stringify(exercise))) as Answer;
          const grade = exercise.grade(answer);
          if (grade.right !== true)
            throw new Error(
              `${kind}, level ${level}, seed ${seed}: ${JSON.stringify(answer)} is ${JSON.stringify(grade)}\n${exercise}`,
            );
          const text = JSON.stringify(answer);
          answers.set(text, (answers.get(text) ?? 0) + 1);
          if (seed < 100) prompts.add(String(exercise));
        }
        const most = Math.max(...answers.values()) / count;
        expect(answers.size, `${kind}, level ${level}: ${[...answers.keys()]}`).toBeGreaterThanOrEqual(
          3 - Number(most < 0.7),
        );
        expect(most, `${kind}, level ${level}: ${[...answers].map(String)}`).toBeLessThan(0.7);
        // In a class of 100, nearly everybody has a question that nobody else has.
        expect(prompts.size, `${kind}, level ${level}`).toBeGreaterThan(0.92 * Math.min(count, 100));
      }
    },
    PATIENCE,
  );

  it("takes the answer as a text, says what is wrong with another, and counts no answer that is none", () => {
    for (const level of LEVELS) {
      const exercise = makeExercise({ kind, level, seed: "Ada" });
      const { answer: form } = exercise.question;
      const right = solve(exercise.question) as Answer;
      expect(exercise.grade(writeAnswer(form, right))).toMatchObject({
        right: true,
        message: expect.stringMatching(/^Right: .+\.$/),
      });
      for (const malformed of [
        undefined,
        "perhaps",
        {},
        [],
        Number.NaN,
        "",
        "1.5",
        -1,
        () => 1,
        Symbol("x"),
      ]) {
        if (Array.isArray(malformed) && form.form === "list") continue;
        const grade = exercise.grade(malformed);
        expect(grade, String(malformed)).toMatchObject({ right: null, explanation: [], run: null });
        expect(grade.message).toContain(answerRule(form));
      }
      const wrongs =
        form.form === "choice"
          ? form.choices
          : form.form === "list" || form.form === "record"
            ? ["3: 5"]
            : [3, 5];
      for (const wrong of wrongs) {
        const grade = exercise.grade(wrong);
        if (grade.right) continue;
        expect(grade.right).toBe(false);
        expect(grade.message).toContain(writeAnswer(form, right));
        expect(grade.explanation.length).toBeGreaterThan(0);
        expect(JSON.parse(JSON.stringify(grade))).toEqual(grade);
        if (grade.run) expect(History.decode(grade.run).length).toBeGreaterThan(0);
      }
    }
  });

  it("explains the slips that it knows, and none of them is the answer", () => {
    for (const level of LEVELS) {
      for (let seed = 0; seed < 5; seed++) {
        const { question } = makeExercise({ kind, level, seed });
        const { answer, slips } = EXERCISES[kind].solve(question, level);
        for (const slip of slips?.() ?? []) {
          if (sameAnswer(slip.answer, answer)) continue;
          const { message } = makeExercise({ kind, level, seed }).grade(
            writeAnswer(question.answer, slip.answer),
          );
          expect(message).toMatch(/^Not .+, but /);
          expect(slip.why).toMatch(/^[A-Z].+\.$/);
        }
      }
    }
  });
});

describe("an exercise", () => {
  it("is the same for the same seed, and another for another", () => {
    const text = (seed: number | string) => String(makeExercise({ kind: "merge", level: 2, seed }));
    expect(text("Ada")).toBe(text("Ada"));
    expect(text("Ada")).not.toBe(text("Grace"));
    expect(text(7)).toBe(text("7"));
  });

  it("shows its question, and not the answer", () => {
    for (const kind of EXERCISE_NAMES) {
      const exercise = makeExercise({ kind, level: 3, seed: 1 });
      expect(JSON.parse(JSON.stringify(exercise))).toEqual(JSON.parse(JSON.stringify(exercise.question)));
      const fields = [
        "format",
        "version",
        "kind",
        "level",
        "seed",
        "title",
        "situation",
        "prompt",
        "heap",
        "calls",
        "given",
        "answer",
      ];
      expect(Object.keys(exercise.question)).toEqual(fields);
      expect(
        Object.keys(exercise.question.answer).filter(
          (name) => !["form", "unit", "choices", "denied"].includes(name),
        ),
      ).toEqual([]);
      for (const shown of [inspect(exercise), String(exercise)]) expect(shown).toBe(exercise.toString());
      expect(inspect(exercise, { customInspect: false, showHidden: true })).not.toContain("explain");
    }
    const hidden = makeExercise({ kind: "which-fit", level: 2, seed: 3 });
    expect(hidden.question.heap!.description.options).toEqual({});
    expect(makeExercise({ kind: "order", level: 2 }).question.heap!.description.options).toEqual({});
  });

  it("refuses a kind, a level and a seed that there is not", () => {
    expect(() => makeExercise({ kind: "adress" as never })).toThrow(/options.kind must be one of "address"/);
    expect(() => makeExercise({ level: 4 as never })).toThrow("options.level must be 1, 2 or 3, not 4");
    expect(() => makeExercise({ seed: Number.NaN })).toThrow("A seed that is a number is finite");
    expect(() => makeExercise({ seeds: 1 } as never)).toThrow('There is no option "seeds"');
  });

  it("has at least twelve kinds, each with what it teaches", () => {
    expect(EXERCISE_NAMES.length).toBeGreaterThanOrEqual(12);
    for (const { title, teaches, levels } of Object.values(EXERCISES)) {
      expect(title).toMatch(/^[A-Z]/);
      expect(teaches).toMatch(/^[A-Z].+\.$/);
      expect(new Set(levels).size).toBe(3 satisfies Level);
    }
  });
});

describe("readAnswer", () => {
  it("reads numbers with separators, in hexadecimal, and with their unit", () => {
    const form = { form: "number", unit: "bytes" } as const;
    for (const given of [1024, "1024", "1,024", " 1024 bytes", "0x400", "= 1024", 1024n])
      expect(readAnswer(form, given), String(given)).toBe(1024);
    for (const given of ["10,24", "-1", "1e3", "12 34", null, true, 2 ** 60])
      expect(readAnswer(form, given)).toBeUndefined();
  });
  it("reads records in many ways", () => {
    const records = [
      { address: 0, size: 16 },
      { address: 64, size: 8 },
    ];
    for (const given of [
      "[0: 16] -> [64: 8] -> end",
      "0:16, 64:8",
      "[0:16] [64:8]",
      [
        [0, 16],
        [64, 8],
      ],
      records,
      ["0:16", "[64: 8]"],
      new Set(records),
    ])
      expect(readAnswer({ form: "list" }, given)).toEqual(records);
    for (const given of ["end", "empty", []]) expect(readAnswer({ form: "list" }, given)).toEqual([]);
    expect(readAnswer({ form: "record" }, [64, 8])).toEqual([{ address: 64, size: 8 }]);
    for (const given of ["0 16", "0:16 and 64:8", "", 5, [1, 2, 3]])
      expect(readAnswer({ form: "list" }, given)).toBeUndefined();
  });
  it("reads a choice by its beginning, where that is one choice's alone", () => {
    const form = { form: "choice", choices: ["first", "fifo", "best"] } as const;
    expect(readAnswer(form, "First")).toBe("first");
    expect(readAnswer(form, " b")).toBe("best");
    expect(readAnswer(form, "fi")).toBeUndefined();
  });
  it("survives an object that throws when it is looked at", () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
        has: () => {
          throw new Error("no");
        },
      },
    );
    for (const form of ["address", "list", "record"] as const)
      expect(readAnswer({ form }, hostile)).toBeUndefined();
  });
});
