import { FREE, type OperationLog, REALLOC } from "./operation-log";
import type { SurveyColumns } from "./survey";

/**
 * The payload address of the block whose life at its place and size is over at `step` (1 or more, and surveyed): it was freed,
 * resized or moved. NaN when there is none.
 */
export function endedAt(log: OperationLog, columns: SurveyColumns, step: number): number {
  const kind = log.kinds[step - 1]!;
  const resized = kind === REALLOC && (columns.sizes[step]! > 0 || log.requests[step - 1] === 0);
  return columns.births[step] !== 0 && (kind === FREE || resized) ? log.targets[step - 1]! : Number.NaN;
}
