/** Serves one peer at one number of live blocks: see `Contender`. */
import { createInterface } from "node:readline";
import { allPeers } from "./peers";
import { runner, TURNS, turns } from "./workload";

async function main(name: string | undefined, live: number): Promise<void> {
  const peer = (await allPeers()).find((each) => each.name === name);
  if (!peer) throw new Error(`There is no peer ${name}.`);
  const run = runner(peer, turns(live, TURNS));
  for await (const line of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const sum = run(Number(line));
    const { user, system } = process.cpuUsage(before);
    console.log(`${(user + system) * 1000} ${sum}`);
  }
}

void main(process.argv[2], Number(process.argv[3]));
