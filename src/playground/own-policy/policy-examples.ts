/** Policies to begin with, by what they are called. */
export const POLICY_EXAMPLES = {
  "first fit": `// The first hole that is large enough.
(holes, size) => holes.find((hole) => hole.size >= size)
`,
  "best fit": `// The smallest hole that is large enough.
(holes, size) => {
  let best = null;
  for (const hole of holes) {
    if (hole.size >= size && (best === null || hole.size < best.size)) best = hole;
  }
  return best;
}
`,
  "worst fit": `// The largest hole. What is left of it may serve the next request.
(holes, size) => {
  const [largest] = [...holes].sort((a, b) => b.size - a.size);
  return largest && largest.size >= size ? largest : null;
}
`,
  "last fit": `// The last hole that is large enough.
(holes, size) => holes.filter((hole) => hole.size >= size).at(-1)
`,
  "small and large apart": `// Small blocks from one end, large ones from the other.
const SMALL = 64;

(holes, size) => {
  const fits = holes.filter((hole) => hole.size >= size);
  return size <= SMALL ? fits[0] : fits.at(-1);
}
`,
} as const satisfies Readonly<Record<string, string>>;

/** Names an example. */
export type PolicyExampleName = keyof typeof POLICY_EXAMPLES;
