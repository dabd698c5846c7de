import { describe, expect, test } from "vitest";
import { commands } from "./cli";
import { type Command, readArguments, usage } from "./command";

const plain: Command = {
  purpose: "Does it.",
  flags: {
    out: { value: "FOLDER", purpose: "where it goes" },
    name: { value: "NAME", purpose: "its name", required: true },
  },
  operands: { usage: "FILE…", least: 1, most: 2 },
  run: async () => 0,
};
const program: Command = { ...plain, flags: { out: plain.flags!.out! }, endsWithProgram: true };
const line = "npm run do -- [--out FOLDER] --name NAME FILE…";

describe("readArguments", () => {
  test("reads flags and operands in any order", () => {
    const expected = { flags: { out: "a", name: "b" }, operands: ["x", "-"] };
    expect(readArguments("do", plain, ["x", "--out", "a", "-", "--name=b"])).toEqual(expected);
    expect(readArguments("do", plain, ["--name=b", "--out=a", "--", "x", "-"])).toEqual(expected);
    expect(readArguments("do", plain, ["x", "--name=-b"])?.flags).toEqual({ name: "-b" });
  });

  test.each([
    [["x", "--frob"], "There is no flag --frob"],
    [["x", "-f", "1"], "There is no flag -f"],
    [["x", "--constructor=1"], "There is no flag --constructor"],
    [["x", "--out"], "--out needs a value (FOLDER)"],
    [["x", "--out="], "--out needs a value (FOLDER)"],
    [["x", "--out", "--name", "a"], "--out needs a value (FOLDER)"],
    [["x", "--name=a", "--name", "b"], "--name stands twice"],
    [["--name", "a", "x", "y", "z"], '"z" is one too many'],
    [["--name", "a"], "FILE… is missing"],
    [["x"], "--name is missing"],
    [[], "FILE… is missing"],
  ])("says in one sentence what is wrong with %j", (args, what) => {
    expect(() => readArguments("do", plain, args)).toThrow(new Error(`${what}: ${line}`));
  });

  test("answers --help wherever it stands", () => {
    for (const args of [["--help"], ["-h"], ["x", "--help"]])
      expect(readArguments("do", plain, args)).toBeNull();
  });

  test("leaves the flags of a program alone", () => {
    const args = ["--out", "a", "ls", "--out", "--help", "-x", "--", "b"];
    const operands = ["ls", "--out", "--help", "-x", "--", "b"];
    expect(
      readArguments("do", { ...program, operands: { usage: "PROGRAM", least: 1, most: 9 } }, args),
    ).toEqual({
      flags: { out: "a" },
      operands,
    });
    expect(() => readArguments("do", program, ["--frob", "ls"])).toThrow("There is no flag --frob");
  });

  test("hands on what another program reads", () => {
    const all = { ...plain, handsOn: true };
    expect(readArguments("do", all, ["--port", "1", "--help"])).toEqual({
      flags: {},
      operands: ["--port", "1", "--help"],
    });
    expect(readArguments("do", all, ["--help"])).toBeNull();
  });
});

test("usage() names every flag", () => {
  expect(usage("do", plain)).toBe(
    `Does it.\n\n  ${line}\n\n  --out FOLDER          where it goes\n  --name NAME           its name\n  --help                this text`,
  );
});

test("every command explains itself", () => {
  for (const [name, command] of Object.entries(commands)) {
    expect(readArguments(name, command, ["--help"])).toBeNull();
    expect(usage(name, command)).toMatch(/^[A-Z].*\.\n\n {2}npm /);
  }
});
