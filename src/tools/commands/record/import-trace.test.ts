import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadTrace } from "../../../notebook/trace/shipped-traces";
import { Obstacle } from "../../step";
import { importInto } from "./import-trace";

const folder = mkdtempSync(join(tmpdir(), "import-trace-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  writeFileSync(
    join(folder, "README.md"),
    "Traces\n<!-- table: written by npm run traces:import -->\nold\n<!-- end of table -->\nEnd\n",
  );
  writeFileSync(join(folder, "a.mtrace"), "= Start\n+ 0x10 0x3e8\n+ 0x20 0x8\n- 0x10\n= End\n");
});

describe("npm run traces:import", () => {
  it("writes a trace in the compact form, and the table of the README", async () => {
    const said = await importInto(folder, join(folder, "a.mtrace"), "tiny", "tiny -x|y");
    expect(said).toMatch(
      /Wrote .*tiny\.trace: tiny: 2 mallocs, 0 reallocs, 1 frees, 1008 bytes live at peak\.$/,
    );
    expect(loadTrace("tiny", folder)).toMatchObject({ length: 3, source: "tiny -x|y (glibc mtrace)" });
    expect(readFileSync(join(folder, "README.md"), "utf8")).toBe(
      "Traces\n<!-- table: written by npm run traces:import -->\n" +
        "| name | what was run | operations | peak | recorded with |\n|---|---|---:|---:|---|\n" +
        "| tiny | tiny -x&#124;y | 3 | 1 KB | glibc mtrace |\n<!-- end of table -->\nEnd\n",
    );
  });

  it("gzips a long one, in the place of an older one", async () => {
    writeFileSync(join(folder, "long.rep"), "a 0 16\nf 0\n".repeat(10_000));
    await importInto(folder, join(folder, "long.rep"), "tiny", "long", "by hand");
    expect(readdirSync(folder).filter((file) => file.startsWith("tiny"))).toEqual(["tiny.trace.gz"]);
    expect(loadTrace("tiny", folder)).toMatchObject({ length: 20_000, source: "long (by hand)" });
  });

  it.each([
    ["a.mtrace", "../x", "letters, digits, _ and -"],
    ["b.mtrace", "x", "b.mtrace can't be read: ENOENT"],
    ["README.md", "x", 'README.md is no trace: Line 1: "Traces" begins no trace'],
  ])("says what is wrong with %s as %s", async (file, name, sentence) => {
    const importing = () => importInto(folder, join(folder, file), name, "x");
    await expect(importing()).rejects.toThrow(Obstacle);
    await expect(importing()).rejects.toThrow(sentence);
  });

  it("leaves the older trace when the new one cannot be written", async () => {
    mkdirSync(join(folder, "kept.trace.gz"));
    writeFileSync(join(folder, "kept.trace"), "old");
    const importing = importInto(folder, join(folder, "long.rep"), "kept", "long");
    await expect(importing).rejects.toThrow(/kept.trace.gz" cannot be written: it is a folder/);
    expect(readFileSync(join(folder, "kept.trace"), "utf8")).toBe("old");
  });
});
