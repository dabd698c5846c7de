import { counted, readable } from "../base/readable";
import type { Notation } from "../run/decision/notation";
import { NEVER } from "../run/lives";
import type { Film } from "./film";

/** What is told of a block: who asked for it, when, for how much, what it cost, what became of it. */
export interface BlockLife {
  readonly text: string;
  /** The player's step of its malloc; null when it was there before the first. */
  readonly birth: number | null;
  /** The player's step that took it away; null when it is there to the end. */
  readonly end: number | null;
}

/**
 * Tells the life of a block, from its malloc to its free.
 * @param life one of the block's lives: it has several when a realloc resized or moved it
 */
export function lifeOf(film: Film, life: number, n: Notation): BlockLife {
  const { lives } = film;
  const all: number[] = [];
  for (let one = 0; one < lives.count; one++) if (lives.id[one] === lives.id[life]) all.push(one);
  const [first] = all;
  const last = all.at(-1)!;
  const made = lives.made(life);
  const stepOf = (own: number) => `step ${readable(film.from + own)}`;
  const sentences = [`The block ${placeOf(film, life, n)}.`];
  if (made === 0) {
    sentences.push("It was there before the first step.");
  } else {
    const who = film.history.labelAt(made) || "Somebody";
    const looked = counted(film.columns.examined[made]!, "record");
    sentences.push(
      `${who} asked for ${sumOf(film, first!, n)} at ${stepOf(made)}; the search looked at ${looked}.`,
    );
  }
  for (const [i, one] of all.entries()) {
    if (i === 0) continue;
    const moved = lives.address[one] !== lives.address[all[i - 1]!];
    const where = moved ? `, and it moved to ${n.number(lives.address[one]!)}` : ", where it was";
    sentences.push(`At ${stepOf(lives.born[one]!)} realloc made it ${sumOf(film, one, n)}${where}.`);
  }
  const end = lives.died[last]!;
  if (end === NEVER) sentences.push("It is there to the end of the run.");
  else {
    const who = film.history.labelAt(end);
    sentences.push(`It was freed at ${stepOf(end)}${who && ` by ${who}`}.`);
  }
  return {
    text: sentences.join(" "),
    birth: made === 0 ? null : film.from + made,
    end: end === NEVER ? null : film.from + end,
  };
}

function placeOf({ lives, header }: Film, life: number, n: Notation): string {
  const address = lives.address[life]!;
  const payload = header > 0 ? `, its payload at ${n.number(address + header)}` : "";
  return `at ${n.number(address)} has ${n.bytes(lives.size[life]!)}${payload}`;
}

/** How the size came about. */
function sumOf({ lives, header }: Film, life: number, n: Notation): string {
  const request = lives.request[life]!;
  const rounding = lives.size[life]! - request - header;
  const parts = [n.bytes(request)];
  if (header > 0) parts.push(`${n.number(header)} of header`);
  if (rounding > 0) parts.push(`${n.number(rounding)} of rounding`);
  return parts.join(" + ");
}
