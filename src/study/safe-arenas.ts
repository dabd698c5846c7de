import type { FitName } from "../heap/fits";
import { SafeArena } from "./safe-arena";
import { SAFE_ARENA_LINES } from "./safe-arenas-data";

/**
 * What `safeArena` answers for every fit, up to eight words in use: found once, since some take minutes. `npm run worst-cases` finds
 * them anew.
 */
export const SAFE_ARENAS: readonly SafeArena[] = SAFE_ARENA_LINES.trim().split("\n").map(readLine);

/** A line of the table: `first 3 2 4: 1 1 -1 2`. */
export function safeArenaLine({ fit, live, largest, words, moves }: SafeArena): string {
  return `${fit} ${live} ${largest} ${words}: ${moves.join(" ")}`;
}

function readLine(line: string): SafeArena {
  const [head, moves] = line.split(": ");
  const [fit, live, largest, words] = head!.split(" ");
  const numbers = moves!.split(" ").map(Number);
  return new SafeArena(fit as FitName, Number(live), Number(largest), Number(words), numbers);
}
