import { counted, readable } from "../base/readable";
import { type BlockLife, blockLives } from "../run/block-lives";
import type { Notation } from "../run/decision/notation";
import type { Film } from "./film";
import type { PickedBlock } from "./pick";

/** What is told of a block: who asked for it, when, for how much, what it cost, what became of it. */
export interface ToldLife {
  readonly text: string;
  /** The player's step of its malloc; null when it was there before the first. */
  readonly birth: number | null;
  /** The player's step that took it away; null when it is there to the end. */
  readonly end: number | null;
}

/** Tells the life of a block, from its malloc to its free. */
export function lifeOf(film: Film, block: PickedBlock, n: Notation): ToldLife {
  const all = blockLives(film.history, block.id);
  const [first] = all;
  const last = all.at(-1)!;
  const made = Math.max(0, block.id);
  const stepOf = (own: number) => `step ${readable(film.from + own)}`;
  const sentences = [`The block ${placeOf(film, block, n)}.`];
  if (made === 0) {
    sentences.push("It was there before the first step.");
  } else {
    const who = film.history.labelAt(made) || "Somebody";
    const looked = counted(film.metric("examined", made), "record");
    sentences.push(
      `${who} asked for ${sumOf(film, first!, n)} at ${stepOf(made)}; the search looked at ${looked}.`,
    );
  }
  for (const [i, one] of all.entries()) {
    if (i === 0) continue;
    const moved = one.address !== all[i - 1]!.address;
    const where = moved ? `, and it moved to ${n.number(one.address)}` : ", where it was";
    sentences.push(`At ${stepOf(one.from)} realloc made it ${sumOf(film, one, n)}${where}.`);
  }
  const end = last.to;
  if (end === null) sentences.push("It is there to the end of the run.");
  else {
    const who = film.history.labelAt(end);
    sentences.push(`It was freed at ${stepOf(end)}${who && ` by ${who}`}.`);
  }
  return {
    text: sentences.join(" "),
    birth: made === 0 ? null : film.from + made,
    end: end === null ? null : film.from + end,
  };
}

function placeOf({ header }: Film, { address, size }: PickedBlock, n: Notation): string {
  const payload = header > 0 ? `, its payload at ${n.number(address + header)}` : "";
  return `at ${n.number(address)} has ${n.bytes(size)}${payload}`;
}

/** How the size came about. */
function sumOf({ header }: Film, { request, size }: BlockLife, n: Notation): string {
  const rounding = size - request - header;
  const parts = [n.bytes(request)];
  if (header > 0) parts.push(`${n.number(header)} of header`);
  if (rounding > 0) parts.push(`${n.number(rounding)} of rounding`);
  return parts.join(" + ");
}
