import { describe, expect, test, vi } from "vitest";
import { blamesNetwork, StepFailure, step } from "./step";

describe("step", () => {
  test("tells what is going on, and returns what the command printed on both streams", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const code = "console.log('out'); console.error('err')";
    const output = await step("Printing", process.execPath, ["-e", code]);
    const shown = log.mock.calls.join("\n");
    log.mockRestore();
    expect(output.trim().split("\n").sort()).toEqual(["err", "out"]);
    expect(shown).toMatch(/Printing .*done in \d+\.\d s/s);
  });

  test("fails with the command's output when it ends with another code than 0", async () => {
    const code =
      "console.log('first'); console.log('why'); console.log('    at f (file:1)'); process.exit(3)";
    const failure = await step("Failing", process.execPath, ["-e", code]).catch((error) => error);
    expect(failure).toBeInstanceOf(StepFailure);
    expect(failure.output).toBe("first\nwhy\n    at f (file:1)\n");
    expect(failure.lastLine).toBe("why");
  });

  test("fails when there is no such command", async () => {
    await expect(step("Failing", "no-such-command", [])).rejects.toBeInstanceOf(StepFailure);
  });
});

describe("blamesNetwork", () => {
  test("knows npm's and pip's words for an unreachable network", () => {
    expect(blamesNetwork("npm error code EAI_AGAIN")).toBe(true);
    expect(
      blamesNetwork("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution"),
    ).toBe(true);
    expect(blamesNetwork("npm error code EACCES")).toBe(false);
  });
});
