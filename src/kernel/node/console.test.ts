import { Console } from "node:console";
import { Writable } from "node:stream";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { nodeConsole } from "./console";

// Every method is given the same under Node's own console, which says what is right.

/** Runs calls under both consoles; what each printed, stream by stream. */
function both(
  calls: (console: Pick<Console, "log" | "table" | "dir" | "group" | "groupEnd" | "count">) => void,
) {
  const printed = (run: (write: (stream: "stdout" | "stderr", text: string) => void) => void) => {
    const texts = { stdout: "", stderr: "" };
    run((stream, text) => {
      texts[stream] += text;
    });
    return texts;
  };
  const ours = printed((write) => calls(nodeConsole(write) as never));
  const nodes = printed((write) => {
    const into = (name: "stdout" | "stderr") =>
      new Writable({
        decodeStrings: false,
        write(text, _, done) {
          write(name, String(text));
          done();
        },
      });
    calls(new Console({ stdout: into("stdout"), stderr: into("stderr"), colorMode: false }));
  });
  return { ours, nodes };
}

test("prints tables of anything as Node does", () => {
  const rows = fc.anything({
    maxDepth: 3,
    maxKeys: 4,
    withDate: true,
    withMap: true,
    withSet: true,
    withBigInt: true,
  });
  fc.assert(
    fc.property(
      rows,
      fc.option(fc.array(fc.constantFrom("a", "b", "0"), { maxLength: 2 })),
      (data, columns) => {
        const { ours, nodes } = both((console) => console.table(data, columns ?? undefined));
        expect(ours).toEqual(nodes);
      },
    ),
    { numRuns: 300 },
  );
});

test("counts, groups and shows objects as Node does", () => {
  const { ours, nodes } = both((console) => {
    console.log("%s and %d and %j", "a", 2, { k: 1 }, [1, [2, [3, [4]]]]);
    console.group("outer", 1);
    console.log("two\nlines");
    console.count("label");
    console.group();
    console.table([{ a: 1 }]);
    console.groupEnd();
    console.count("label");
    console.groupEnd();
    console.dir({ a: { b: { c: 1 } } }, { depth: 0 });
  });
  expect(ours).toEqual(nodes);
});

test("times as Node does", () => {
  vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(1234.5).mockReturnValueOnce(75_000);
  const texts: string[] = [];
  const console = nodeConsole((_, text) => texts.push(text));
  console.time("work");
  console.timeLog("work", "half");
  console.timeEnd("work");
  console.timeEnd("work");
  expect(texts).toEqual([
    "work: 1.234s half\n",
    "work: 1:15.000 (m:ss.mmm)\n",
    "Warning: No such label 'work' for console.timeEnd()\n",
  ]);
});
