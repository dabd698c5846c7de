import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { projectRoot } from "../paths";
import { Obstacle } from "../step";
import { register, unregister, userDataFolder } from "./kernel";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "freelist-lab-kernel-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const specification = () => join(data, "kernels", "tslab", "kernel.json");

/** Registers a kernel that is not ours. */
function registerForeign(): string {
  mkdirSync(join(data, "kernels", "tslab"), { recursive: true });
  writeFileSync(specification(), JSON.stringify({ argv: ["tslab", "kernel"], display_name: "TypeScript" }));
  return readFileSync(specification(), "utf8");
}

describe("register", () => {
  test("registers this Node and this project's tslab as tslab", () => {
    expect(register(data)).toBe(join(data, "kernels", "tslab"));
    const { argv, language } = JSON.parse(readFileSync(specification(), "utf8"));
    expect(argv[0]).toBe(process.execPath);
    expect(argv[1]).toBe(join(projectRoot, "node_modules/tslab/bin/tslab"));
    expect(existsSync(argv[1])).toBe(true);
    expect(argv).toContain("{connection_file}");
    expect(language).toBe("typescript");
  });

  test("renews a registration of ours, even one made from another folder", () => {
    register(data);
    const first = readFileSync(specification(), "utf8");
    writeFileSync(specification(), first.replaceAll(projectRoot, "/elsewhere"));
    register(data);
    expect(readFileSync(specification(), "utf8")).toBe(first);
  });

  test("leaves a tslab kernel that is not ours alone, and says where it is", () => {
    const foreign = registerForeign();
    expect(() => register(data)).toThrow(Obstacle);
    expect(() => register(data)).toThrow(join(data, "kernels", "tslab"));
    expect(readFileSync(specification(), "utf8")).toBe(foreign);
  });
});

test.skipIf(process.platform !== "linux")("register says where no folder can be made", () => {
  expect(() => register("/proc/x")).toThrow(/^"\/proc\/x" cannot be made: /);
});

describe("unregister", () => {
  test("removes what register registered and nothing else", () => {
    mkdirSync(join(data, "kernels", "python3"), { recursive: true });
    register(data);
    expect(unregister(data)).toBe(join(data, "kernels", "tslab"));
    expect(existsSync(join(data, "kernels", "tslab"))).toBe(false);
    expect(existsSync(join(data, "kernels", "python3"))).toBe(true);
  });

  test("returns null when no tslab kernel is registered", () => {
    expect(unregister(data)).toBeNull();
  });

  test("leaves a tslab kernel that is not ours alone, also an unreadable one", () => {
    const foreign = registerForeign();
    expect(() => unregister(data)).toThrow(Obstacle);
    expect(readFileSync(specification(), "utf8")).toBe(foreign);
    writeFileSync(specification(), "not JSON");
    expect(() => unregister(data)).toThrow(Obstacle);
    expect(existsSync(specification())).toBe(true);
  });
});

describe("userDataFolder", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("is Jupyter's own: JUPYTER_DATA_DIR, else below XDG_DATA_HOME or the home", () => {
    vi.stubEnv("JUPYTER_DATA_DIR", "/data/of/jupyter");
    expect(userDataFolder()).toBe("/data/of/jupyter");
    vi.stubEnv("JUPYTER_DATA_DIR", "");
    if (process.platform !== "linux") return;
    vi.stubEnv("XDG_DATA_HOME", "/xdg");
    expect(userDataFolder()).toBe("/xdg/jupyter");
    vi.stubEnv("XDG_DATA_HOME", "");
    expect(userDataFolder()).toBe(join(homedir(), ".local/share/jupyter"));
  });

  test("is that of a prefix, when one is given", () => {
    expect(userDataFolder("/venv")).toBe(join("/venv", "share", "jupyter"));
  });
});
