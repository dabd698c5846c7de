import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadTrace, traceFolder, traceNames } from "./shipped-traces";
import { withTables } from "./trace-table";

/** Operations and peak in bytes of the recordings that the files were made from. */
const RECORDED = {
  bash: [37_987, 88_179],
  gcc: [38_953, 2_651_825],
  git: [5_324, 1_938_632],
  ls: [4_194, 249_400],
  lua: [28_952, 590_018],
  perl: [33_688, 533_503],
  python: [4_013, 1_211_520],
  vim: [7_322, 260_038],
};

it.each(Object.entries(RECORDED))(
  "loadTrace(%j) has the operations and the peak that were recorded",
  (name, figures) => {
    const trace = loadTrace(name);
    expect([trace.length, trace.peakLive]).toEqual(figures);
    expect(trace.name).toBe(name);
    expect(trace.source).toContain("mtrace");
  },
);

it("traceNames() lists them in the alphabet's order", () => {
  expect(traceNames()).toEqual(Object.keys(RECORDED));
});

it("loadTrace(name) names the traces that there are when there is none of that name", () => {
  expect(() => loadTrace("emacs")).toThrow(/one of bash, gcc, git, .*, not "emacs"/);
  expect(() => loadTrace("../traces/lua")).toThrow(RangeError);
});

it("the eight traces together take less than 200 KB", () => {
  const files = readdirSync(traceFolder).filter((file) => /\.trace(\.gz)?$/.test(file));
  expect(files.length).toBeGreaterThanOrEqual(8);
  const bytes = files.map((file) => statSync(join(traceFolder, file)).size);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(200_000);
});

it("the README's tables are what its files and src/trace/formats.ts give; -u writes them", async () => {
  const path = join(traceFolder, "README.md");
  const text = readFileSync(path, "utf8");
  expect(text.match(/^<!-- table/gm)).toHaveLength(2);
  await expect(withTables(text)).toMatchFileSnapshot(path);
});
