/** The seed of another exercise of the same kind: 5 follows 4, and "Ada 2" follows "Ada". */
export function nextSeed(seed: number | string): number | string {
  if (typeof seed === "number") return seed + 1;
  const match = /^(.*) (\d+)$/.exec(seed);
  return match ? `${match[1]} ${Number(match[2]) + 1}` : `${seed} 2`;
}
