import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { outputHtml } from "./output";
import { labelledRuns, type Runs } from "./runs";

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
