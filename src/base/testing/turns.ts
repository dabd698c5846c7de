/** What part of their usual turns random tests take: `FREELIST_TURNS=0.1 npm run test:unit` is quick, and finds less. */
const PART = Number(process.env.FREELIST_TURNS ?? 1);

/** How often a random test acts: `usual`, or the part of it that is asked for, at least one. */
export function turns(usual: number): number {
  return Math.max(1, Math.round(usual * PART));
}
