import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { COLOURINGS } from "../player/colourings";
import { PANEL_TITLES } from "../player/player-options";
import { History } from "../run/history";
import { asOneText, type OutputOptions, outputHtml } from "./output";
import { labelledRuns, type Runs } from "./runs";
import { saveHtml } from "./save-html";

const plotly = { version: "1", near: null, url: "https://example.org/plotly.js", integrity: "sha384-x" };
const program = "start()";

function run(): History {
  const heap = new FreeList(512, 4);
  const history = History.of(heap);
  for (const size of [40, 80, 400, 16]) heap.malloc(size);
  heap.free(40);
  return history;
}

describe("outputHtml", () => {
  it("has pictures with texts, the run as data, and one program, in this order", () => {
    const html = String(outputHtml(run(), {}, plotly, program));
    expect(html.match(/<img src="data:image\/png;base64,/g)).toHaveLength(6);
    expect(html).toContain('alt="Step 3: malloc(400) → null"');
    expect(html).toContain("first denied request");
    expect(html).toMatch(
      /<script type="application\/json">\{.*\}<\/script><script>start\(\)<\/script><\/div>$/,
    );
  });

  it("carries what the player needs", () => {
    const history = run();
    const html = String(
      outputHtml({ one: history, other: run() }, { title: "T", colour: "age", step: 2 }, plotly, program),
    );
    const data = JSON.parse(/json">(.*?)<\/script>/.exec(html)![1]!);
    expect(data.plotly).toEqual(plotly);
    expect(data.payload).toMatchObject({ title: "T", theme: "auto", options: { colour: "age", step: 2 } });
    expect(data.payload.runs.map(({ label }: { label: string }) => label)).toEqual(["one", "other"]);
    expect(History.decode(data.payload.runs[0].history).length).toBe(history.length);
  });

  it("carries the operations alone, whatever is open: decisions are made anew in the page", () => {
    const dataOf = (options: OutputOptions) => {
      const html = String(outputHtml(run(), options, plotly, program));
      return JSON.parse(/json">(.*?)<\/script>/.exec(html)![1]!).payload;
    };
    const { options: _, ...closed } = dataOf({});
    const { options, ...open } = dataOf({ panels: ["why", "strip"] });
    expect(options).toEqual({ panels: ["why", "strip"] });
    expect(open).toEqual(closed);
    expect(Object.keys(JSON.parse(open.runs[0].history))).toEqual([
      "format",
      "version",
      "heap",
      "steps",
      "operations",
    ]);
    // Two bytes a step, as base64.
    expect(JSON.parse(open.runs[0].history).operations.length).toBeLessThanOrEqual(16);
  });

  it("lets no title, name of a run or label become markup or end the script", () => {
    const evil = `</script><script>alert(1)</script><img src=x onerror="alert(2)"><!--`;
    const history = run().label(evil).mark(evil);
    const html = String(outputHtml({ [evil]: history }, { title: evil }, plotly, program));
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<!--/g)).toBeNull();
    expect(
      html.match(/<img(?! src="data:image\/png;base64,[\w+/=]+" width="\d+" height="\d+" alt="[^"<]*">)/g),
    ).toBeNull();
  });

  it("says nothing of the machine that it was made on", () => {
    expect(String(outputHtml(run(), {}, plotly, program))).not.toContain(process.cwd());
  });
});

describe("the options of a player that is shown or saved", () => {
  const quoted = (table: object) =>
    Object.keys(table)
      .map((name) => `"${name}"`)
      .join(", ");
  const wrong: [unknown, ErrorConstructor, string][] = [
    [{ panels: ["no"] }, RangeError, `options.panels[0] must be one of ${quoted(PANEL_TITLES)}, not "no".`],
    [{ panels: "strip" }, TypeError, 'options.panels must be a list of panels, not "strip"; give ["strip"]'],
    [{ panels: ["strip", 3] }, TypeError, "options.panels[1] must be one of"],
    [{ panel: ["strip"] }, RangeError, 'There is no option "panel"; the options are colour, speed, '],
    [{ colour: "red" }, RangeError, `options.colour must be one of ${quoted(COLOURINGS)}, not "red".`],
    [{ colour: 3 }, TypeError, "options.colour must be one of"],
    [{ speed: 0 }, RangeError, "options.speed must be a number above 0, not 0; leave it out for the default"],
    [{ speed: Number.NaN }, RangeError, "not NaN"],
    [{ speed: Number.POSITIVE_INFINITY }, RangeError, "not Infinity"],
    [{ duration: "10" }, TypeError, 'options.duration must be a number above 0, not "10"'],
    [{ rest: 1 }, TypeError, "options.rest must be true or false, not 1"],
    [{ step: 6 }, RangeError, "options.step must be an integer from 0 to 5, not 6"],
    [{ step: -1 }, RangeError, "not -1"],
    [{ step: 1.5 }, RangeError, "not 1.5"],
    [{ step: "last" }, TypeError, 'options.step must be a number or "end", not "last"'],
    [{ maxCells: 8 }, RangeError, "options.maxCells must be an integer from 64 to 2^53 - 1, not 8"],
    [{ maxCells: "all" }, TypeError, "options.maxCells must be a number"],
    [{ title: 3 }, TypeError, "options.title must be a text, not 3"],
    [{ theme: "blue" }, RangeError, 'options.theme must be one of "auto", "light", "dark", not "blue"'],
    ["strip", TypeError, "Options must be an object"],
    [null, TypeError, "Options must be an object, not null"],
  ];

  it.each(wrong)("are refused by name and value: %o", (options, kind, message) => {
    const path = join(tmpdir(), "freelist-lab-never-written.html");
    for (const refused of [
      () => outputHtml(run(), options as object, plotly, program),
      () => saveHtml(run(), path, options as object),
    ]) {
      expect(refused).toThrow(kind);
      expect(refused).toThrow(message);
    }
    expect(existsSync(path)).toBe(false);
  });

  it("are taken as they are where they are allowed, and left out where they are undefined", () => {
    const options = {
      colour: "age",
      speed: 0.5,
      duration: 2,
      rest: true,
      panels: ["why"],
      step: 5,
      maxCells: 64,
    };
    const given = { ...options, title: undefined, theme: undefined } as OutputOptions;
    const html = String(outputHtml(run(), given, plotly, program));
    expect(JSON.parse(/json">(.*?)<\/script>/.exec(html)![1]!).payload.options).toEqual(options);
    const longer = run();
    expect(() => outputHtml({ one: history(2), other: longer }, { step: 5 }, plotly, program)).not.toThrow();
    expect(() => outputHtml(run(), { step: "end" }, plotly, program)).not.toThrow();
  });

  function history(steps: number): History {
    const heap = new FreeList(64, 4);
    const made = History.of(heap);
    for (let i = 0; i < steps; i++) heap.malloc(4);
    return made;
  }
});

describe("labelledRuns", () => {
  it("takes one to four histories", () => {
    expect(labelledRuns(run())).toMatchObject([{ label: "" }]);
    expect(() => labelledRuns({})).toThrow(RangeError);
    expect(() => labelledRuns(Object.fromEntries([..."abcde"].map((name) => [name, run()])))).toThrow(
      /not 5/,
    );
  });

  it("refuses what is no history, by name", () => {
    expect(() => labelledRuns({ mine: 3 } as unknown as Runs)).toThrow(/"mine" is no History/);
    expect(() => labelledRuns(null as unknown as Runs)).toThrow(TypeError);
    expect(() => labelledRuns("run" as unknown as Runs)).toThrow(/not run/);
  });
});

describe("runs that are too long for one text", () => {
  const rule =
    "An output is one text, of 2^29 − 24 characters at most, and 5 steps take more; show fewer steps, or take a recording's figures with replayFile, which keeps no steps.";

  /** A run as long as one of a hundred million steps. */
  function longRun(characters: number): History {
    const history = run();
    history.encode = () => "x".repeat(characters);
    return history;
  }

  it("are refused where the run itself is", () => {
    expect(() => outputHtml(longRun(2 ** 29), {}, plotly, program)).toThrow(new RangeError(rule));
  });

  it("are refused where the page around them is", () => {
    expect(() => asOneText(run(), () => "x".repeat(2 ** 29))).toThrow(new RangeError(rule));
  });

  it("leave no file", () => {
    const path = join(tmpdir(), `too-long-${process.pid}.html`);
    expect(() => saveHtml(longRun(2 ** 29), path)).toThrow(new RangeError(rule));
    expect(existsSync(path)).toBe(false);
  });

  it("other errors are not taken for that", () => {
    const history = run();
    const other = new RangeError("Another rule.");
    history.encode = () => {
      throw other;
    };
    expect(() => outputHtml(history, {}, plotly, program)).toThrow(other);
  });
});
