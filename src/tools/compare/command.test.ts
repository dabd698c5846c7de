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
import { writeOrElsewhere } from "./command";

let built: Awaited<ReturnType<typeof compileWorker>>;
let folder: string;
const at = (name: string) => join(folder, name);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run compare -- ...args` as a process, in a folder; `kill` ends it after so many milliseconds. */
function run(
  args: readonly string[],
  { cwd, kill }: { readonly cwd?: string; readonly kill?: number } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(built.folder, "command.js"), ...args], { cwd });
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

/** A trace of one block in the format of malloc labs. */
const REP = "4096\n1\n2\n1\na 0 16\nf 0\n";

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
    await run(args, { kill: 60 });
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

  test("compares the other files of a folder with one bad file, names file, line and reason, and ends with 2", async () => {
    mkdirSync(at("one-bad"));
    writeFileSync(at("one-bad/good.rep"), REP);
    writeFileSync(at("one-bad/bad.rep"), "4096\n1\n2\n1\na 0 16\nf 7\n");
    writeFileSync(at("one-bad/empty.trace"), "");
    const ended = await run(["--traces", at("one-bad"), "--policies", "first", "--arena-runs", "0"]);
    expect(ended.code).toBe(2);
    expect(ended.out).toMatch(/^good +first/m);
    expect(ended.out).not.toMatch(/bad/);
    const lines = ended.err.trim().split("\n").sort();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/one-bad\/bad.rep: Line 6 \(rep\): /);
    expect(lines[1]).toMatch(/one-bad\/empty.trace: /);
    const none = await run(["--traces", at("one-bad/bad.rep"), "--policies", "first"]);
    expect(none).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("There is no trace to compare."),
    });
  });

  test("keeps two recordings of one program apart, and takes names for them", async () => {
    mkdirSync(at("same/more"), { recursive: true });
    for (const name of ["perl.1.rep", "perl.2.rep", "more/perl.2.rep"])
      writeFileSync(at(`same/${name}`), REP);
    const options = ["--policies", "first", "--arena-runs", "0"];
    const names = async (...places: string[]) => {
      const ended = await run(["--traces", ...places, ...options]);
      expect(ended.err).toBe("");
      return [...ended.out.matchAll(/^(\S+) +first +\d/gm)].map(([, name]) => name);
    };
    expect(await names(at("same"))).toEqual(["perl.1", "perl.2"]);
    expect(await names(at("same"), at("same/more"))).toEqual([
      "perl.1",
      "same/perl.2.rep",
      "more/perl.2.rep",
    ]);
    const given = [`one=${at("same/perl.1.rep")}`, at("same/perl.2.rep")];
    expect(await names(...given)).toEqual(["one", "perl"]);
    expect((await run(["--traces", `x=${at("same")}`])).err).toMatch(
      /is a folder, and only a file can be given a name/,
    );
    const twice = await run(["--traces", at("same/perl.1.rep"), at("same/perl.1.rep")]);
    expect(twice.err).toMatch(/stands twice/);
  });

  test("takes the names of the traces that come with the project; a file of such a name wins", async () => {
    const options = ["--policies", "first", "--arena-runs", "0"];
    const shipped = await run(["--traces", "ls", "mine=git", at("t1.trace"), ...options]);
    expect(shipped).toMatchObject({ code: 0, err: "" });
    const first = (out: string) => [...out.matchAll(/^(\S+) +first +\d/gm)].map(([, name]) => name);
    expect(first(shipped.out)).toEqual(["ls", "mine", "t1"]);
    mkdirSync(at("here"));
    writeFileSync(at("here/ls"), REP);
    const own = await run(["--traces", "ls", ...options], { cwd: at("here") });
    expect(own).toMatchObject({ code: 0, err: "" });
    expect(own.out).not.toBe((await run(["--traces", "ls", ...options])).out);
    const neither = await run(["--traces", "emacs", ...options]);
    expect(neither).toMatchObject({ code: 1, out: "" });
    expect(neither.err.trim()).toMatch(
      /^There is no file "emacs", and no trace of that name comes with the project: check the path, or give one of bash, gcc, /,
    );
  });

  test("finds out before the first cell that a result cannot be written", async () => {
    for (const flag of ["--out", "--html"]) {
      const ended = await run([...sweep, flag, at("nowhere/x.json")]);
      expect(ended).toMatchObject({ code: 1, out: "" });
      expect(ended.err.trim()).toMatch(/nowhere.x.json" cannot be written: its folder does not exist; make/);
      expect(ended.err.trim().split("\n")).toHaveLength(1);
    }
  });

  test("puts a result elsewhere when it cannot be written in the end", () => {
    mkdirSync(at("elsewhere"));
    expect(() => writeOrElsewhere(at("gone/x.json"), "1", at("elsewhere"))).toThrow(
      /^"[^"]*x.json" cannot be written: .* It is in .*elsewhere.[0-9a-f]{8}-x.json instead.$/,
    );
    const [name] = readdirSync(at("elsewhere"));
    expect(readFileSync(at(`elsewhere/${name}`), "utf8")).toBe("1");
  });

  test("refuses a file that is larger than any shard before parsing it", async () => {
    writeFileSync(at("huge.json"), "[".repeat(17 * 2 ** 20));
    const ended = await run(["--merge", at("huge.json")]);
    expect(ended).toMatchObject({ code: 1, out: "" });
    expect(ended.err).toMatch(
      /huge.json is no shard of a comparison: it has more than 16 MiB, and no shard has/,
    );
    expect((await run(["--merge", folder])).err).toMatch(/cannot be read: EISDIR/);
  });

  test("explains itself", async () => {
    expect((await run(["--help"])).out).toContain("--array=1-8");
  });
});
