import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../paths";

const program = `require(${JSON.stringify(join(projectRoot, "dist/tools/cli.js"))}).main("exhaust", process.argv.slice(1))`;

test("npm run exhaust walks policies in workers, and prints a table", () => {
  const args = ["-e", program, "--", "--units", "4", "--policy", "best/address"];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(status).toBe(0);
  const rows = stdout.trim().split("\n");
  expect(rows).toHaveLength(2 + 12 + 1);
  expect(rows[2]).toMatch(/^best\/address\/immediate +4 +34 +\d+$/);
  expect(rows.at(-1)).toMatch(/^all +[\d,]+ +[\d,]+$/);
});

test("npm run exhaust ends with what it has walked when it is interrupted", async () => {
  const args = ["-e", program, "--", "--units", "16", "--most", "100000000", "--policy", "address/immediate"];
  const child = spawn(process.execPath, args);
  let out = "";
  child.stdout.on("data", (piece) => {
    out += piece;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  setTimeout(() => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 5);
  }, 3_000);
  expect(await ended).toBe(1);
  expect(out).toMatch(/^policy +units +states +calls/);
  expect(out).toMatch(/Interrupted: \d of \d\d policies were walked to the end\.\n$/);
});
