import { closeSync, openSync, writeSync } from "node:fs";
import { seededRandom } from "../../../random/seeded-random";

/**
 * Writes a `.rep` file of `operations` operations: mallocs and frees of random blocks, some reallocs, of which at most `live` are live at
 * a time, each block with an id of its own. Nothing of it is held.
 */
export function generateRep(path: string, operations: number, live: number, seed: number): void {
  const random = seededRandom(seed);
  const draw = (below: number) => Math.floor(random.random() * below);
  const file = openSync(path, "w");
  const ids: number[] = [];
  let next = 0;
  // The header's totals are not known before the end, and not relied upon.
  let text = `1\n${operations}\n${operations}\n0\n`;
  for (let i = 0; i < operations; i++) {
    const choice = draw(100);
    if (ids.length === 0 || (choice < 60 && ids.length < live)) {
      text += `a ${next} ${16 + draw(1009)}\n`;
      ids.push(next++);
    } else if (choice < 97) {
      const index = draw(ids.length);
      text += `f ${ids[index]}\n`;
      ids[index] = ids[ids.length - 1]!;
      ids.pop();
    } else text += `r ${ids[draw(ids.length)]} ${16 + draw(1009)}\n`;
    if (text.length > 1e6) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
}
