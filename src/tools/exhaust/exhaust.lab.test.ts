import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../paths";

test("npm run exhaust walks policies in workers, and prints a table", () => {
  const program = `require(${JSON.stringify(join(projectRoot, "dist/tools/cli.js"))}).main("exhaust", process.argv.slice(1))`;
  const args = ["-e", program, "--", "--units", "4", "--policy", "best/address"];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(status).toBe(0);
  const rows = stdout.trim().split("\n");
  expect(rows).toHaveLength(2 + 9 + 1);
  expect(rows[2]).toMatch(/^best\/address\/immediate +4 +34 +\d+$/);
  expect(rows.at(-1)).toMatch(/^all +[\d,]+ +[\d,]+$/);
});
