import { buddyInternal, fibonacciAgainstBinary, rounding, weightedAgainstBinary } from "./buddies";
import { meshing, safetyByChance } from "./chance";
import type { ClassicResult } from "./classic-result";
import { buddyStatistics, oneSize } from "./equilibrium";
import { fiftyPercentAnomalies, fiftyPercentRule } from "./fifty-percent";
import { firstAgainstBest, nextFit, whyNotBest } from "./fits";
import { byLifetime, dyingYoung, regions } from "./lifetimes";
import { fragmentationSolved, randomTraces, separateLists } from "./programs";
import { boundedSearch, fastFits } from "./speed";
import { noEscape, oneAndTwo, worstOfBest, worstOfFirst } from "./worst-cases";

const TABLE = {
  fiftyPercentRule,
  fiftyPercentAnomalies,
  oneSize,
  buddyStatistics,

  firstAgainstBest,
  nextFit,
  whyNotBest,

  rounding,
  buddyInternal,
  weightedBuddies: weightedAgainstBinary,
  fibonacciBuddies: fibonacciAgainstBinary,

  noEscape,
  oneAndTwo,
  worstOfBest,
  worstOfFirst,

  randomTraces,
  fragmentationSolved,
  separateLists,
  dyingYoung,
  regions,
  byLifetime,

  fastFits,
  boundedSearch,
  safetyByChance,
  meshing,
} satisfies Record<string, ClassicResult>;

/** Names a published result. */
export type ClassicResultName = keyof typeof TABLE;

/**
 * Twenty-five published results on dynamic storage allocation, from 1968 on, each with the experiment that puts it to the test; in the order
 * of their chapters. A further one is an entry here: `runStudy` measures it, and the notebook `06-classic-results` shows it.
 */
export const CLASSIC_RESULTS: Readonly<Record<ClassicResultName, ClassicResult>> = TABLE;

/** The name of every result, in the table's order. */
export const CLASSIC_RESULT_NAMES = Object.keys(TABLE) as readonly ClassicResultName[];
