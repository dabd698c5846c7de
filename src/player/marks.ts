import type { Extent } from "../heap/block";
import type { Alternative } from "../run/alternatives";
import type { DecisionStep } from "../run/decision/step";
import type { Rgb } from "./colourings";

/** How a mark looks: its colour in either theme, and its line, which tells it from others without colours. */
interface MarkStyle {
  /** What the legend says of it. */
  readonly title: string;
  readonly light: Rgb;
  readonly dark: Rgb;
  readonly line: "solid" | "dashed" | "dotted";
}

/**
 * Every kind of mark. Each colour has a contrast of at least 3 to the ground of its theme, and to the halo beside its line, so
 * that it is seen on a block of any colour.
 */
export const MARKS = {
  no: { title: "looked at: no", light: [192, 78, 0], dark: [255, 138, 61], line: "dotted" },
  yes: { title: "looked at: yes", light: [0, 122, 90], dark: [31, 199, 154], line: "solid" },
  best: { title: "best so far", light: [0, 98, 168], dark: [86, 180, 233], line: "dashed" },
  chosen: { title: "chosen", light: [190, 0, 110], dark: [255, 120, 200], line: "solid" },
  block: { title: "allocated block", light: [30, 30, 30], dark: [245, 245, 245], line: "solid" },
  free: { title: "free memory", light: [112, 64, 190], dark: [186, 160, 255], line: "dashed" },
  picked: { title: "picked", light: [140, 90, 0], dark: [240, 200, 60], line: "solid" },
  range: { title: "addresses", light: [105, 105, 105], dark: [165, 165, 165], line: "dotted" },
} as const satisfies Record<string, MarkStyle>;

/** Names a kind of mark. */
export type MarkKind = keyof typeof MARKS;

/** Some addresses that are marked, in the picture, in the strip and in the free list. */
export interface Mark extends Extent {
  readonly kind: MarkKind;
}

/** What a step of a decision marks: all that it points at. Of marks that overlap, the later one lies above. */
export function marksOf(step: DecisionStep): Mark[] {
  const { hole, block, range } = step;
  switch (step.kind) {
    case "record": {
      const seen = step.better && step.best ? "best" : step.missing > 0 || !hole ? "no" : "yes";
      return marks(["best", step.best], [seen, hole ?? block]);
    }
    case "choice":
      return marks(["chosen", hole]);
    case "split":
      return marks(["chosen", hole], ["free", step.remainder], ["block", block]);
    case "exact":
      return marks(["chosen", hole], ["block", block]);
    case "halve":
      return marks(["range", range], ["free", step.upper], ["chosen", step.lower]);
    case "denied":
      return marks(["no", hole]);
    case "neighbour":
      return marks(["range", range], [step.answer === "free" ? "yes" : "no", hole ?? block]);
    case "buddy":
      return marks(["free", hole], [step.answer === "free" ? "yes" : "no", range]);
    case "merge":
      return marks(...step.parts.map((part) => ["range", part] as const), ["free", hole]);
    case "grow":
      return marks(["free", hole], ["range", range]);
    case "shrunk":
      return marks(["range", block], ["free", hole], ["block", step.kept]);
    case "room":
      return marks(["block", block], [step.enough ? "yes" : "no", hole]);
    case "stretched":
      return marks(["chosen", hole], ["free", step.remainder], ["block", block]);
    default:
      return marks(["range", range], ["free", hole], ["block", block]);
  }
}

/** What an alternative marks: the hole that it takes, the block in it, and what is left. */
export function marksOfAlternative({ hole, remainder }: Alternative): Mark[] {
  if (hole === null) return [];
  const size = hole.size - (remainder?.size ?? 0);
  const address = remainder?.address === hole.address ? hole.address + remainder.size : hole.address;
  return marks(["chosen", hole], ["free", remainder], ["block", { address, size }]);
}

function marks(...pairs: readonly (readonly [MarkKind, Extent | null])[]): Mark[] {
  const all: Mark[] = [];
  for (const [kind, extent] of pairs) {
    if (extent !== null) all.push({ kind, address: extent.address, size: extent.size });
  }
  return all;
}
