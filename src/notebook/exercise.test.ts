import { describe, expect, it } from "vitest";
import { makeExercise } from "../exercise/exercise";
import { EXERCISE_NAMES } from "../exercise/exercises";
import { solve } from "../exercise/testing/solve";
import { exercise, exercises, exercisesHtml, saveExercises } from "./exercise";

const plotly = { version: "1", near: null, url: "", integrity: "" };

describe.each(EXERCISE_NAMES)("the output of the exercise %s", (kind) => {
  it("has what draws it anew, the question as text and picture, and no word of why it is answered as it is", () => {
    for (const level of [1, 2, 3] as const) {
      const options = { kind, level, seed: "Ada" };
      const made = makeExercise(options);
      const markup = String(exercisesHtml([made], "dark", plotly, "program"));
      const data = /<script type="application\/json">(.+?)<\/script>/.exec(markup)![1]!;
      expect(JSON.parse(data)).toEqual({ exercises: [options], plotly, theme: "dark" });
      const static_ = markup.slice(0, markup.indexOf("<script"));
      const text = static_
        .replace(/<[^>]+>/g, "\n")
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      expect(text).toContain(made.question.prompt);
      expect(static_).toMatch(/<table|all free/);
      const { explanation, message } = made.grade(solve(made.question));
      for (const sentence of [...explanation, message]) expect(text).not.toContain(sentence);
      // Each line of what stands there is a line of the question.
      const lines = String(made).split("\n").join(" ");
      for (const line of text.split("\n").filter((line) => /[a-z]{3}/i.test(line)))
        expect(lines).toContain(line.trim().replace(/^\(|\)$/g, ""));
    }
  });
});

it("a seed that looks like markup is none", () => {
  const seed = `</script><script>window.hurt=1</script><img src=x onerror="window.hurt=2">`;
  const markup = String(exercisesHtml([makeExercise({ seed })], "auto", plotly, "program"));
  expect(markup.match(/<script/g)!.length).toBe(2);
  expect(markup).not.toContain("<img");
});

it("refuses what is no exercise, before anything is shown or written", () => {
  expect(() => exercise({ kind: "adress" as never })).toThrow('options.kind must be one of "address"');
  expect(() => exercise()).toThrow("Only a cell of a tslab notebook can show this");
  expect(() => exercises([{ kind: "merge" }])).toThrow("Only a cell of a tslab notebook can show this");
  expect(() => exercises([])).toThrow("A page has at least one exercise");
  expect(() => exercises({ kind: "merge" } as never)).toThrow("Exercises are a list of options");
  expect(() => saveExercises("x.html", [])).toThrow("A page has at least one exercise");
  expect(() => saveExercises("x.html", {}, { title: 3 as never })).toThrow("options.title must be a text");
  expect(() => saveExercises("x.html", {}, { theme: "black" as never })).toThrow(
    "options.theme must be one of",
  );
  expect(() => saveExercises("x.html", { level: 7 as never })).toThrow("options.level must be 1, 2 or 3");
});
