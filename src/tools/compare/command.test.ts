import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { steadyTrace } from "../../run/testing/any-trace";
import { writeCompact } from "../../trace/compact";
import { compileWorker } from "../testing/compile-worker";

let built: Awaited<ReturnType<typeof compileWorker>>;
let folder: string;
const at = (name: string) => join(folder, name);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run compare -- ...args` as a process; `kill` ends it after so many milliseconds. */
function run(args: readonly string[], kill?: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(built.folder, "command.js"), ...args]);
    const text = { out: "", err: "" };
    child.stdout.on("data", (piece) => {
      text.out += piece;
    });
    child.stderr.on("data", (piece) => {
      text.err += piece;
    });
    if (kill !== undefined) setTimeout(() => child.kill("SIGKILL"), kill);
    child.on("close", (code) => resolve({ code, ...text }));
  });
}

let sweep: string[];
beforeAll(async () => {
  built = await compileWorker();
  folder = mkdtempSync(join(tmpdir(), "freelist-lab-compare-"));
  for (const seed of [1, 2, 3]) writeFileSync(at(`t${seed}.trace`), writeCompact(steadyTrace(seed, 400)));
  const traces = [1, 2, 3].map((seed) => at(`t${seed}.trace`));
  sweep = ["--traces", ...traces, "--policies", "first", "best/lifo", "worst", "--arena-runs", "5"];
});
afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("npm run compare", () => {
  test("takes the traces of a folder, and nothing else that lies there", async () => {
    mkdirSync(at("traces/recorded"), { recursive: true });
    copyFileSync(at("t1.trace"), at("traces/b.trace"));
    copyFileSync(at("t2.trace"), at("traces/a.trace"));
    writeFileSync(at("traces/README.md"), "Two traces.\n");
    const { code, out, err } = await run([
      "--traces",
      at("traces"),
      "--policies",
      "first",
      "--arena-runs",
      "0",
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.match(/^\w+ +first/gm)).toEqual([expect.stringMatching(/^a /), expect.stringMatching(/^b /)]);
  });

  test("in four processes at once gives, merged, the file of one process, byte for byte", async () => {
    const whole = await run([...sweep, "--out", at("whole.json")]);
    expect(whole).toMatchObject({ code: 0, err: "" });
    const parts = [1, 2, 3, 4].map((k) => at(`part${k}.json`));
    const ended = await Promise.all(
      parts.map((out, i) => run([...sweep, "--workers", "1", "--shard", `${i + 1}/4`, "--out", out])),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const merged = await run(["--merge", ...parts, "--out", at("merged.json")]);
    expect(merged).toMatchObject({ code: 0, out: whole.out });
    expect(readFileSync(at("merged.json"), "utf8")).toBe(readFileSync(at("whole.json"), "utf8"));

    const missing = await run(["--merge", parts[0]!, parts[2]!, parts[3]!]);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining("Missing: shard 2/4") });
    const twice = await run(["--merge", ...parts, parts[0]!]);
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining("are both shard 1/4") });
  });

  test("leaves nothing behind when a shard is killed, and starts it again", async () => {
    const args = [...sweep, "--shard", "1/2", "--out", at("killed.json")];
    await run(args, 60);
    expect(existsSync(at("killed.json"))).toBe(false);
    expect((await run(args)).code).toBe(0);
    expect(JSON.parse(readFileSync(at("killed.json"), "utf8")).cells).toHaveLength(5);
    expect((await run(args)).code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("says in one sentence what is wrong", async () => {
    writeFileSync(at("torn.json"), '{"format": "freelist-lab comp');
    const cases: [string[], RegExp][] = [
      [["--policies", "frist"], /unknown word "frist"/],
      [["--traces", at("none.trace")], /There is no file .*none.trace/],
      [["--shard", "1/2"], /give --out/],
      [[...sweep, "--shard", "3/2", "--out", at("x.json")], /from 1\/OF to OF\/OF, such as 2\/4, not "3\/2"/],
      [["--merge", at("torn.json")], /torn.json is no shard .* run that shard again/],
      [["--merge", at("gone.json")], /There is no file .*gone.json/],
      [["--workers"], /--workers needs a value/],
      [["--arena-runs", "many"], /--arena-runs is a whole number, not "many"/],
      [["--frob"], /no option "--frob"/],
      [["--out", "a", "b"], /--out takes one value, not 2/],
      [["--out", "a", "--out", "b"], /--out stands twice/],
    ];
    for (const [args, message] of cases) {
      const ended = await run(args);
      expect(ended.code, args.join(" ")).toBe(1);
      expect(ended.err.trim().split("\n"), args.join(" ")).toHaveLength(1);
      expect(ended.err).toMatch(message);
    }
  });

  test("explains itself", async () => {
    expect((await run(["--help"])).out).toContain("--array=1-8");
  });
});
