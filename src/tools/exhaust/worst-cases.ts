import { join } from "node:path";
import { alignText } from "../../compare/text-table";
import { fitNames } from "../../heap/fits";
import { writeWhole } from "../../notebook/write-whole";
import { leastMemory } from "../../study/placement-game";
import { enoughForAny, type SafeArena, safeArena } from "../../study/safe-arena";
import { safeArenaLine } from "../../study/safe-arenas";
import type { Command } from "../command";
import { projectRoot } from "../paths";
import { wholeNumber } from "./command";

const FILE = "src/study/safe-arenas-data.ts";

/** `npm run worst-cases`. */
export const worstCases: Command = {
  purpose: `Finds the smallest arena in which each fit denies no program a request, for small programs, and writes ${FILE}.`,
  details:
    "Prints a table: words of the arena for each fit; for the best placement there can be, as far as that game is small enough; and what is enough for any allocator that merges holes.",
  flags: {
    live: {
      value: "N",
      purpose: "words that a program has live at most, from 1 to 9; default 8, which takes some minutes",
    },
  },
  async run({ flags }) {
    const most = wholeNumber(flags, "live", 8, 9);
    const found: SafeArena[] = [];
    const rows = [["in use", "up to", "best placement", ...fitNames(), "any"]];
    for (let live = 1; live <= most; live++) {
      for (let largest = 1; largest <= live; largest++) {
        const arenas = fitNames().map((fit) => safeArena({ fit, live, largest }));
        found.push(...arenas);
        const sizes = Array.from({ length: largest }, (_, i) => i + 1);
        const least = live <= 7 ? String(leastMemory({ live, sizes })) : "";
        const row = [
          live,
          largest,
          least,
          ...arenas.map(({ words }) => words),
          enoughForAny({ live, largest }),
        ];
        rows.push(row.map(String));
        console.error(row.join(" "));
      }
    }
    writeWhole(join(projectRoot, FILE), dataFile(found));
    console.log(alignText(rows, 0));
    return 0;
  },
};

function dataFile(arenas: readonly SafeArena[]): string {
  return `/** What \`npm run worst-cases\` found: fit, words live at most, largest request, words of the arena: the moves of a program. */
export const SAFE_ARENA_LINES = \`
${arenas.map(safeArenaLine).join("\n")}
\`;
`;
}
