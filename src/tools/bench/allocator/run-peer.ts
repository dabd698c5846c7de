/** Measures one peer at one number of live blocks and prints nanoseconds per operation. */
import { median } from "../report";
import { allPeers } from "./peers";
import { measure, TURNS, turns } from "./workload";

const ROUNDS = 5;

async function main(name: string | undefined, live: number): Promise<void> {
  const peer = (await allPeers()).find((each) => each.name === name);
  if (!peer) throw new Error(`There is no peer ${name}.`);
  const all = turns(live, TURNS);
  // Slow peers run fewer turns.
  const trial = measure(peer, all, 2_000, 1)[0]!;
  const count = Math.round(Math.min(TURNS, Math.max(2_000, 5e8 / trial)));
  console.log(median(measure(peer, all, count, trial > 5_000 ? 3 : ROUNDS)));
}

void main(process.argv[2], Number(process.argv[3]));
