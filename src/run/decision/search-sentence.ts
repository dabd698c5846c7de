import { capital } from "../../base/readable";
import type { Extent } from "../../heap/block";
import { FITS, type Fit, type FitName } from "../../heap/fits";
import { are, count, type Notation } from "./notation";
import type { BeginFact, RecordFact, SearchFact } from "./search-fact";
import type { Searcher } from "./terms";

type Sentences = {
  readonly [Kind in SearchFact["kind"]]: (fact: Extract<SearchFact, { kind: Kind }>, n: Notation) => string;
};

/** The sentences of a search's steps. */
export const SEARCH_SENTENCES: Sentences = {
  search(fact, n) {
    const walk = fact.records === 0 ? "the free list is empty." : walkSentence(fact, n);
    return fact.again ? `Now the list is searched again: ${walk}` : capital(walk);
  },

  class({ above, most, records, own }, n) {
    const span = most === null ? `more than ${n.bytes(above)}` : `${n.number(above + 1)} to ${n.bytes(most)}`;
    const which = own ? "The class of the request" : "The next class that has a hole";
    const tail = own ? "" : ", and any of them is large enough";
    return `${which} is that of ${span}: its list has ${records === 0 ? "no hole" : count(records, "hole")}${tail}.`;
  },

  "size-list"({ size, records, hole }, n) {
    if (hole === null) return `There is no hole of ${n.bytes(size)}.`;
    if (records === 1) return `There is one hole of ${n.bytes(size)}, at ${n.number(hole.address)}.`;
    return `There are ${records} holes of ${n.bytes(size)}; the one at the lowest address, ${n.number(hole.address)}, is taken.`;
  },

  record: recordSentence,

  skipped({ what, count: left, turns }) {
    if (what === "merges") return `${count(left, "merge")} of the same kind ${are(left)} left out here.`;
    const many =
      turns > 0 ? `; ${turns} of them ${turns === 1 ? "was" : "were"} the best so far for a while` : "";
    return `${count(left, "record")} ${are(left)} left out here${many || ", and none changes the choice"}.`;
  },

  custom({ records, examined, searches }) {
    if (examined === null) return "Which holes it looked at, only it knows.";
    if (searches === 2)
      return `In both searches it looked at ${count(examined, "hole")}; which, and why, only it knows.`;
    return `It looked at ${examined} of ${count(records, "hole")}; which, and why, only it knows.`;
  },

  choice({ fit, hole, record }, n) {
    return `The choice is the hole of ${n.extent(hole)}, record ${record + 1}: ${choiceOf(fit)}.`;
  },

  "no-choice": ({ size, declined }, n) =>
    declined
      ? `The fit of one's own chooses none, although a hole of at least ${n.bytes(size)} is there.`
      : `No hole has ${n.bytes(size)} or more: the search has failed.`,
};

function walkSentence(fact: BeginFact, n: Notation): string {
  const { fit, record } = fact;
  if (!isNamed(fit)) return WALKS[fit](fact, n);
  const { better, superlative = "best" }: Fit = FITS[fit];
  if (better) return `${fit} fit looks at ${allOf(fact)} for the ${superlative} ${goal(fact, n)}.`;
  const from = record === 0 ? "its head" : `its rover, record ${record! + 1},`;
  return `${fit} fit walks ${list(fact)} from ${from} to the first ${goal(fact, n)}.`;
}

/** Why the chosen hole is the one. */
function choiceOf(searcher: Searcher): string {
  if (!isNamed(searcher)) return CHOICES[searcher];
  const { better, superlative = "best", roves }: Fit = FITS[searcher];
  if (better) return `the ${superlative} of those that are large enough`;
  return `the first ${roves ? "from there on " : ""}that is large enough`;
}

function isNamed<Name extends Searcher>(searcher: Name): searcher is Name & FitName {
  return Object.hasOwn(FITS, searcher);
}

const WALKS: Readonly<Record<Exclude<BeginFact["fit"], FitName>, (fact: BeginFact, n: Notation) => string>> =
  {
    custom: (fact, n) => `a fit of one's own gets ${list(fact)} to choose a ${goal(fact, n)}.`,
    segregated: (fact, n) => `segregated fits begin in the size class of ${n.bytes(fact.size)}.`,
    original: (fact, n) =>
      `the original program walks ${list(fact)}, free and allocated, from its head to the first ${goal(fact, n)}.`,
  };

const CHOICES: Readonly<Record<Exclude<Searcher, FitName>, string>> = {
  custom: "as the fit of one's own wishes",
  segregated: "the first that is large enough",
  original: "the first free one that is large enough",
  buddy: "the smallest that is large enough",
};

function goal({ size }: BeginFact, n: Notation): string {
  return `hole of at least ${n.bytes(size)}`;
}

function list({ records }: BeginFact): string {
  return records === 1 ? "the one record of the list" : `the list of ${records} records`;
}

function allOf(fact: BeginFact): string {
  return fact.records === 1 ? list(fact) : `all ${fact.records} records of the list`;
}

function recordSentence(fact: RecordFact & { block?: Extent | null }, n: Notation): string {
  const { record, hole, size, missing, best, better } = fact;
  const head = `Record ${record + 1}`;
  if (hole === null) return `${head}: the block of ${n.extent(fact.block!)} is allocated and passed over.`;
  const what = `${head}: the hole of ${n.extent(hole)}`;
  if (missing !== 0) return `${what} is ${n.bytes(missing)} too small for ${n.number(size)}.`;
  if (best === null) return `${what} is large enough for ${n.number(size)}.`;
  if (better) return `${what} is large enough for ${n.number(size)}, and the best so far.`;
  return `${what} is large enough, but no better than the ${n.extent(best)}.`;
}
