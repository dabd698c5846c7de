import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../command";
import { projectRoot } from "../paths";
import { Obstacle } from "../step";
import { type MutationTask, mutate } from "./stryker";
import { type FileScore, scores, scoreTable } from "./survivors";

/** The tests that are to notice a room's changes: made short, or left out where they are long, since hundreds of changes are tried. */
const ROOMS: Readonly<Record<string, Omit<MutationTask, "source">>> = {
  heap: {
    // What a fit says of larger arenas, and what it is called in sentences, others use.
    tests: ["src/heap/**/*.test.ts", "src/compare/*-arena.test.ts", "src/run/decision/decision.test.ts"],
    withoutTests: ["src/heap/large-heap.test.ts", "src/heap/damaged-heap.test.ts"],
    environment: { FREELIST_OPERATIONS: "15000", FREELIST_TURNS: "0.1" },
  },
  run: {
    tests: ["src/run/**/*.test.ts"],
    withoutTests: ["src/run/damaged-history.test.ts"],
    environment: { FREELIST_DECISIONS: "2000", FREELIST_TURNS: "0.1" },
  },
};

/** `npm run mutants`. */
export const mutants: Command = {
  purpose:
    "Changes the sources of a room in one small way at a time, and lists the changes that none of the room's tests notices.",
  details:
    "A room takes an hour or more, a file minutes; what has not changed since is not tried again.\nFREELIST_TURNS=1 lets the random tests take all their turns, and finds more.\nThe exit status is 1 where a change went unnoticed that src/tools/mutants/explained/ does not explain.",
  operands: { usage: "ROOM [FILE…]", least: 1, most: Infinity },
  async run({ operands: [room = "", ...files] }) {
    const own = Object.hasOwn(ROOMS, room) ? ROOMS[room] : undefined;
    if (!own)
      throw new Obstacle(
        `There are no tests for changes in "${room}": the rooms are ${Object.keys(ROOMS).join(", ")}.`,
      );
    const chosen = files.length > 0 ? files : sourcesOf(room);
    const missing = chosen.find((file) => !existsSync(join(projectRoot, "src", room, file)));
    if (missing !== undefined)
      throw new Obstacle(`There is no src/${room}/${missing}: files are named from src/${room}/ on.`);
    const found: FileScore[] = [];
    // A file at a time: the changes are switches in the code, which slow down all that has them.
    for (const file of chosen) {
      const source = `src/${room}/${file}`;
      console.log(`\n${source}`);
      found.push(...scores(await mutate({ source, ...own })));
    }
    console.log(`\n${[...openSurvivors(found), scoreTable(found)].join("\n")}`);
    return found.some(({ survivors }) => survivors.some(({ because }) => because === null)) ? 1 : 0;
  },
};

/** The changes that nobody noticed and nothing explains, by file. */
function openSurvivors(files: readonly FileScore[]): string[] {
  return files.flatMap(({ file, survivors }) => {
    const open = survivors.filter(({ because }) => because === null);
    if (open.length === 0) return [];
    return [file, ...open.map(({ line, change }) => `  ${line}: ${change}`), ""];
  });
}

/** The sources of a room, from its folder on. */
function sourcesOf(room: string): string[] {
  return readdirSync(join(projectRoot, "src", room), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|(^|\/)testing\//.test(file))
    .sort();
}
