import type { History } from "../run/history";

/** What a step asked and what it got, as it would stand in a program: `malloc(2740) → 0`, `free(1440) → false`. */
export function stepText(history: History, step: number): string {
  if (step === 0) return "before the first request";
  const { kind, request, target, address, freed } = history.operationAt(step);
  if (kind === "coalesce") return "coalesce()";
  if (kind === "free") return `free(${target}) → ${freed}`;
  return `${kind}(${kind === "malloc" ? "" : `${target}, `}${request}) → ${address}`;
}
