import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { History } from "../../run/history";
import { listText } from "../answer";
import { printedBy } from "../testing/solve";
import { ostepExercises } from "./ostep-exercises";
import { ostepRun } from "./ostep-run";

const EXAMPLES: readonly { flags: string[] }[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures/examples.json"), "utf8"),
);

/** Whether a `FreeList` can be that heap. */
function possible(flags: readonly string[]): boolean {
  try {
    ostepRun(flags);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return false;
  }
}

describe("ostepExercises", () => {
  const examples = EXAMPLES.filter(({ flags }) => possible(flags));

  it("asks of each allocation the address, and after each operation the list, and takes what malloc.py prints", () => {
    let asked = 0;
    for (const { flags } of examples) {
      const exercises = [...ostepExercises(flags)];
      for (const { address, list } of printedBy([...flags, "-c"].join(" "))) {
        const about = `${flags.join(" ")}: ${exercises[0]?.question.prompt}`;
        if (exercises[0]?.question.answer.form === "address")
          expect(exercises.shift()!.grade(address), about).toMatchObject({ right: true });
        expect(exercises.shift()!.grade(listText(list)), about).toMatchObject({ right: true });
        asked++;
      }
      expect(exercises).toEqual([]);
    }
    expect(examples.length).toBeGreaterThan(25);
    expect(asked).toBeGreaterThan(200);
  });

  it("tells where a wrong answer is wrong, with the decision and the run", () => {
    const [address] = ostepExercises("-n 10 -H 0 -p BEST -s 0");
    expect(String(address)).toContain(
      "malloc.py -n 10 -H 0 -p BEST -s 0: which address does ptr[0] = Alloc(3) return?",
    );
    const grade = address!.grade(1008);
    expect(grade).toMatchObject({ right: false, answer: "1000" });
    expect(grade.explanation.join(" ")).toContain("malloc answers 1,000.");
    expect(History.decode(grade.run!).length).toBe(1);
  });

  it("explains a quirk where one parts malloc.py from what would be right", () => {
    const asked = ostepExercises("-l INSERT-FRONT -C -A +10,+10,-0,-1");
    const last = asked.at(-1)!;
    expect(last.question).toMatchObject({
      heap: null,
      prompt: expect.stringContaining(
        "the free list is [1000: 10] -> [1020: 80] -> end; what is in the free list after Free(ptr[1])",
      ),
    });
    expect(last.situation).toBe(null);
    const grade = last.grade("[1000: 20] -> [1020: 80]");
    expect(grade).toMatchObject({ right: false, run: null });
    expect(grade.explanation.join()).toContain("-C merges two holes only where the second follows the first");
    const [block] = ostepExercises("-H 4 -A +10");
    expect(block!.grade(1000)).toMatchObject({ right: true });
    expect(block!.grade(1004).explanation.join()).toContain("print the address of the block");
  });

  it("ends where malloc.py ends with a traceback, and refuses what makes no requests", () => {
    expect(ostepExercises("-S 20 -A +30,+5,-0,+5")).toHaveLength(4);
    expect(() => ostepExercises("--help")).toThrow("makes no requests");
  });
});
