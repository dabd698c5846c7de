import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { labFolder, projectRoot } from "../paths";
import { shared, sharedFolder } from "../testing";
import { slurmObstacle, startSlurm, until } from "../testing/slurm";

// The sweep of README.md on a real Slurm: its script as it stands there.

const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
const [, script = ""] = /^```sh\n(#!\/bin\/sh\n#SBATCH [^`]*)```$/m.exec(readme) ?? [];
const shards = 8;

const obstacle = slurmObstacle();
const skipped = obstacle === null ? "" : ` (skipped: ${obstacle})`;

describe.skipIf(obstacle !== null)(`a sweep as a job array of Slurm${skipped}`, () => {
  const slurm = shared(startSlurm, (started) => started.stop());
  const folder = sharedFolder(labFolder);
  const compare = (...args: string[]) =>
    spawnSync("npm", ["run", "--silent", "compare", "--", ...args], { cwd: folder, encoding: "utf8" });
  const parts = () => readdirSync(folder).filter((name) => /^part\d+\.json$/.test(name));

  /** The states of the array's tasks by their numbers: "PENDING", "RUNNING", "COMPLETED", "FAILED"… */
  function states(job: string): Record<string, string> {
    const rows = slurm().run("squeue", [
      "--array",
      "--noheader",
      "--states=all",
      `--jobs=${job}`,
      "--format=%K %T",
    ]);
    return Object.fromEntries(
      rows
        .trim()
        .split("\n")
        .map((row) => row.split(" ")),
    );
  }
  const running = (job: string) =>
    Object.entries(states(job)).flatMap(([task, state]) => (state === "RUNNING" ? [task] : []));

  /** The processes of a task: none before it runs. Slurm lists -1 for one that it has not started yet. */
  function processes(job: string, task: string): number[] {
    try {
      const id = /JobId=(\d+)/.exec(slurm().run("scontrol", ["show", "job", `${job}_${task}`]))?.[1] ?? "";
      const rows = slurm().run("scontrol", ["listpids", id, "localhost"]).trim().split("\n").slice(1);
      return rows.map((row) => Number.parseInt(row, 10)).filter((pid) => pid > 1);
    } catch {
      return [];
    }
  }

  /** Slurm lets two minutes pass before it runs a task again. */
  function withoutDelay(job: string, tasks: readonly string[]): void {
    for (const task of tasks) slurm().run("scontrol", ["update", `JobId=${job}_${task}`, "StartTime=now"]);
  }

  test("gives, with a task killed and a node lost, the table that is made here, byte for byte", {
    timeout: 600_000,
  }, async () => {
    expect(script).toContain(`--array=1-${shards} `);
    writeFileSync(join(folder, "sweep.sh"), script);
    const job = slurm().run("sbatch", ["--parsable", "sweep.sh"], { cwd: folder }).trim();

    // The script, npm and the comparison.
    await until(() => processes(job, "1").length >= 3);
    for (const pid of processes(job, "1")) process.kill(pid, "SIGKILL");
    await until(() => states(job)[1] === "FAILED");
    expect(existsSync(join(folder, "part1.json"))).toBe(false);

    await until(() => running(job).length === 2);
    const lost = running(job);
    slurm().run("scontrol", ["update", "NodeName=localhost", "State=DOWN", "Reason=test"]);
    await until(() => lost.every((task) => states(job)[task] === "PENDING"));
    slurm().run("scontrol", ["update", "NodeName=localhost", "State=RESUME"]);
    withoutDelay(job, lost);
    await until(
      () => Object.values(states(job)).filter((state) => state === "COMPLETED").length === shards - 1,
      300,
    );

    const incomplete = compare("--merge", ...parts());
    expect(incomplete).toMatchObject({ status: 1, stdout: "" });
    expect(incomplete.stderr).toContain(`Missing: shard 1/${shards};`);
    slurm().run("scontrol", ["requeue", `${job}_1`]);
    withoutDelay(job, ["1"]);
    await until(() => states(job)[1] === "COMPLETED", 120);

    const merged = compare("--merge", ...parts(), "--out", "merged.json");
    expect(merged).toMatchObject({ status: 0, stderr: "" });
    const options = /compare -- (.*?) --workers/.exec(script)![1]!;
    const whole = compare(...options.split(" "), "--out", "whole.json");
    expect(whole).toMatchObject({ status: 0, stderr: "", stdout: merged.stdout });
    const [inParts, inOnePiece] = ["merged.json", "whole.json"].map((name) =>
      readFileSync(join(folder, name)),
    );
    expect(inParts!.equals(inOnePiece!)).toBe(true);
    // Tasks that compiled at once would take the library away from each other.
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".log"))) {
      expect(readFileSync(join(folder, name), "utf8"), name).not.toContain("Compiling");
    }
  });
});
