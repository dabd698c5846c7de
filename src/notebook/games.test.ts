import { describe, expect, it } from "vitest";
import { findBug } from "../exercise/bugs/find-bug";
import { RULES } from "../exercise/bugs/rules";
import { StudentHeap } from "../exercise/bugs/student-heap";
import { WRONG_HEAPS, type WrongHeapName } from "../exercise/bugs/wrong-heaps";
import { beTheAllocator } from "../exercise/placing/placing-game";
import { bugHtml, catchTheBug, saveCatchTheBug } from "./catch-the-bug";
import { findingHtml } from "./finding-html";
import { placing, placingHtml, savePlacing } from "./placing";

const plotly = { version: "1", near: null, url: "", integrity: "" };
const dataOf = (markup: string) =>
  JSON.parse(/<script type="application\/json">(.+?)<\/script>/.exec(markup)![1]!);

describe("the output of be the allocator", () => {
  it("has the seed and the first request, and nothing of what comes", () => {
    const markup = String(placingHtml({ level: 2, seed: "Ada", theme: "dark" }, "program"));
    expect(dataOf(markup)).toEqual({ level: 2, seed: "Ada", theme: "dark" });
    const { next, task } = beTheAllocator({ level: 2, seed: "Ada" });
    const before = markup.slice(0, markup.indexOf("<script"));
    expect(before).toContain(`a = malloc(${next!.request})`);
    expect(before.match(/malloc\(/g)!.length).toBe(1);
    expect(before).toContain(`${task.calls.filter(({ op }) => op === "malloc").length} requests`);
  });
  it("is refused for an option that there is not", () => {
    expect(() => placing({ level: 9 as never })).toThrow("options.level must be 1, 2 or 3");
    expect(() => savePlacing("x.html", { placements: [] } as never)).toThrow(
      'There is no option "placements"',
    );
    expect(() => placing()).toThrow("Only a cell of a tslab notebook can show this");
  });
});

describe("the output of catch the bug", () => {
  it.each(Object.keys(WRONG_HEAPS) as WrongHeapName[])("does not say what is wrong with %s", (name) => {
    const markup = String(bugHtml({ name, seed: "Ada" }, plotly, "program"));
    const { fault, rule } = WRONG_HEAPS[name];
    for (const secret of [name, fault, RULES[rule]])
      expect(markup.includes(secret) && !markup.includes(`meant to be: ${secret}`)).toBe(false);
    const { level, heap } = dataOf(markup);
    expect(Object.keys(WRONG_HEAPS)[heap]).toBe(name);
    expect(dataOf(String(bugHtml({ level, seed: 4 }, plotly, "program")))).toEqual({
      heap: null,
      level,
      seed: 4,
      plotly,
      theme: "auto",
    });
  });
  it("is refused for an option that there is not", () => {
    expect(() => catchTheBug({ name: "none" as never })).toThrow("options.name must be one of");
    expect(() => saveCatchTheBug("x.html", { theme: "red" as never })).toThrow(
      "options.theme must be one of",
    );
  });
});

describe("what findBug has found, shown", () => {
  it("is the rule, the calls, the state, what was expected and came, and the right run", () => {
    const { Heap, options } = WRONG_HEAPS["no-merge-left"];
    const markup = String(findingHtml(findBug(Heap, options), {}, plotly, "program"));
    for (const text of [
      RULES.merged,
      "<li><code>a = malloc(4)</code></li>",
      "Before the last call the blocks are <code>f4 A4 f8</code>",
      "Expected: the list [0: 16] -&#62; end.",
      "Came: [0: 4] -&#62; [4: 12] -&#62; end.",
      "no fault shows with fewer calls",
      'title="4 bytes at 4, allocated"',
    ])
      expect(markup).toContain(text);
    expect(dataOf(markup).payload.options).toEqual({ step: "end", panels: ["why", "strip"] });
  });
  it("is a sentence where there is no fault, and words alone where there is no run", () => {
    const none = String(findingHtml(findBug(StudentHeap, { most: 200 }), {}, plotly, "program"));
    expect(none).toMatch(/^<p>No fault found in /);
    const { Heap, options } = WRONG_HEAPS["free-null-throws"];
    expect(String(findingHtml(findBug(Heap, options), {}, plotly, "program"))).not.toContain("<script");
  });
});
