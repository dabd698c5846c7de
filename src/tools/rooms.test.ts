import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "./paths";

// A room is a folder of src/. Which rooms it may import is written here; which runtime it has, and so which globals and modules
// exist for it, in src/tsconfig.*.json, where a test below sees to it that they refuse what they should.

const core = [
  "base",
  "exhaust",
  "heap",
  "random",
  "trace",
  "workload",
  "run",
  "compare",
  "study",
  "exercise",
  "playground",
];

/** The rooms that each room may import beside itself: of the core, those before it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(core.map((room, at) => [room, core.slice(0, at)])),
  player: core,
  page: [...core, "player"],
  // Of the player and of pages only what needs no page: the compiler has no types of the DOM there.
  notebook: [...core, "player", "page"],
  // What saves pages it loads when it is asked to.
  command: [...core, "notebook"],
  kernel: ["base"],
  "index.ts": [...core, "player", "page", "notebook"],
  tools: [...core, "player", "page", "notebook", "kernel"],
};

/** The packages of each room; of the core's rooms, any that is pure computation. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [
    "@lezer/common",
    "@lezer/javascript",
    "d3-random",
    "pako",
    "pure-rand",
    "seedrandom",
    "sucrase",
    "valibot",
  ],
  player: ["valibot"],
  page: [
    "@codemirror/commands",
    "@codemirror/lang-javascript",
    "@codemirror/language",
    "@codemirror/state",
    "@codemirror/view",
    "@lezer/highlight",
    "preact",
  ],
  kernel: [
    "@jupyterlab/coreutils",
    "@jupyterlab/services",
    "@jupyterlite/services",
    "@tslab/typescript-for-tslab",
    "assert",
    "buffer",
    "events",
    "node-inspect-extracted",
    "pako",
    "path-browserify",
    "tslab",
    "util",
  ],
  notebook: ["gifenc", "plotly.js-dist", "pngjs", "tslab"],
};

const source = join(projectRoot, "src");

/** Every module that is no test's, by its path below src/, with the modules that it imports. */
const modules = new Map(
  readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => /\.(tsx?|mjs|js)$/.test(path) && !/\.test\.ts$|\.d\.ts$|(^|\/)testing\//.test(path))
    .map((path) => [path, importsOf(readFileSync(join(source, path), "utf8"))] as const),
);

/** What a module imports, requires or exports from, dynamic imports and types included. */
function importsOf(code: string): string[] {
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const pattern = /(?:(?<!["'`])\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'`])([^"'`\n]+)\1/g;
  return [...withoutComments.matchAll(pattern)].map((match) => match[2] ?? "");
}

/** The path below src/ of the module that `specifier` means in the module at `path`; undefined for a package. */
function moduleOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const place = relative(source, resolve(source, dirname(path), specifier))
    .split(sep)
    .join("/");
  return [
    place,
    `${place}.ts`,
    `${place}.tsx`,
    place.replace(/\.js$/, ".ts"),
    `${place}.js`,
    `${place}/index.ts`,
  ].find((file) => existsSync(join(source, file)) && /\.\w+$/.test(file));
}

const roomOf = (path: string) => path.split("/")[0]!;

/** Why the module at `path` may not import `specifier`; undefined when it may. */
function objection(path: string, specifier: string): string | undefined {
  const room = roomOf(path);
  if (specifier.startsWith(".")) {
    const imported = moduleOf(path, specifier);
    if (imported === undefined) return "there is no such module";
    const allowed = roomOf(imported) === room || mayImport[room]?.includes(roomOf(imported));
    return allowed ? undefined : `${room} may not import ${roomOf(imported)}`;
  }
  // Modules of Node are the compiler's affair; what tools use need not be in the package.
  if (specifier.startsWith("node:") || room === "tools") return undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const allowed = packages[core.includes(room) ? "core" : room] ?? [];
  return allowed.includes(name) ? undefined : `${name} is no package of ${room}'s`;
}

describe("imports only what it may", () => {
  const rooms = [...new Set([...modules.keys()].map(roomOf))].filter((room) => !room.startsWith("tsconfig"));
  test("every room is named here", () =>
    expect(Object.keys(mayImport)).toEqual(expect.arrayContaining(rooms)));
  test.each(rooms)("%s", (room) => {
    const offences = [...modules]
      .filter(([path]) => roomOf(path) === room)
      .flatMap(([path, specifiers]) =>
        specifiers.flatMap((specifier) => {
          const reason = objection(path, specifier);
          return reason ? [`${path} imports "${specifier}": ${reason}`] : [];
        }),
      );
    expect(offences).toEqual([]);
  });
});

test("no imports form a circle", () => {
  const graph = new Map(
    [...modules].map(([path, specifiers]) => [
      path,
      specifiers.flatMap((each) => moduleOf(path, each) ?? []),
    ]),
  );
  expect([...graph.values()].flat().length).toBeGreaterThan(300);
  expect(circles(graph)).toEqual([]);
});

/** The circles of a graph that a walk from every node meets, each as a text: a → b → a. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]) => {
    const begun = path.indexOf(node);
    if (begun >= 0) found.push([...path.slice(begun), node].join(" → "));
    if (begun >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}

test("circles() finds a circle of one, of several, and none in a tree", () => {
  expect(
    circles(
      new Map([
        ["a", ["b", "c"]],
        ["b", ["c"]],
        ["c", []],
      ]),
    ),
  ).toEqual([]);
  expect(circles(new Map([["a", ["a"]]]))).toEqual(["a → a"]);
  expect(
    circles(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual(["b → c → b"]);
});

test("importsOf sees every way to import, and no comment", () => {
  const code = `import a from "a";
import "b";
import {
  c,
} from 'c';
export * from "d";
export type { E } from "./e";
const f = require("f");
const g = await import("g");
// import h from "h";
/* import i from "i"; */
type J = Pick<K, "from" | "to">;
`;
  expect(importsOf(code)).toEqual(["a", "b", "c", "d", "./e", "f", "g"]);
});

test("objection names what is wrong with an import", () => {
  expect(objection("heap/free-list.ts", "./block")).toBeUndefined();
  expect(objection("random/random.ts", "../heap/block")).toBeUndefined();
  expect(objection("random/random.ts", "seedrandom")).toBeUndefined();
  expect(objection("heap/free-list.ts", "./none")).toBe("there is no such module");
  expect(objection("heap/free-list.ts", "../random/random")).toBe("heap may not import random");
  expect(objection("run/history.ts", "../notebook/show")).toBe("run may not import notebook");
  expect(objection("player/film.ts", "../notebook/show")).toBe("player may not import notebook");
  expect(objection("notebook/show.ts", "../tools/paths")).toBe("notebook may not import tools");
  expect(objection("heap/free-list.ts", "tslab")).toBe("tslab is no package of heap's");
  expect(objection("heap/free-list.ts", "plotly.js-dist/plotly")).toBe(
    "plotly.js-dist is no package of heap's",
  );
});

describe("the compiler refuses what a room's runtime has not", () => {
  const folder = mkdtempSync(join(source, "probe-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const node = [
    "process.pid;",
    "Buffer.from([]);",
    'require("fs");',
    "__dirname;",
    "setImmediate(() => {});",
    'import "node:fs"; fs;',
    'import { join } from "node:path"; join;',
  ];
  const page = [
    "document;",
    "window;",
    "export let a: HTMLElement;",
    "requestAnimationFrame(() => {});",
    "localStorage;",
  ];
  const everywhere = ["[1].at(-1);", "structuredCloneOrNot;"];

  /** The probes, each a module of its own, that do not compile in a room. */
  function refused(room: string, probes: readonly string[]): string[] {
    const files = probes.map((probe, i) => {
      writeFileSync(join(folder, `${room}${i}.ts`), `export {};\n${probe}\n`);
      return `${room}${i}.ts`;
    });
    const config = join(folder, `tsconfig.${room}.json`);
    writeFileSync(config, JSON.stringify({ extends: `../tsconfig.${room}.json`, include: [], files }));
    const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", config, "--pretty", "false"], {
      encoding: "utf8",
    });
    return probes.filter((_, i) => stdout.includes(`${room}${i}.ts(`));
  }

  test("core: neither Node nor a page", () => {
    expect(refused("core", [...node, ...page, ...everywhere])).toEqual([...node, ...page, everywhere[1]]);
  });
  test("player: a page, not Node", () => {
    expect(refused("player", [...node, ...page, ...everywhere])).toEqual([...node, everywhere[1]]);
  });
  test("page: a page, not Node", () => {
    expect(refused("page", [...node, ...page, ...everywhere])).toEqual([...node, everywhere[1]]);
  });
  test("kernel: a page and its workers, not Node", () => {
    expect(refused("kernel", [...node, ...page, ...everywhere])).toEqual([...node, everywhere[1]]);
  });
  test("notebook: Node, not a page", () => {
    expect(refused("notebook", [...node, ...page, ...everywhere])).toEqual([node[5], ...page, everywhere[1]]);
  });
});
