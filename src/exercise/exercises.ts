import { rover, whichFit } from "./kinds/fits";
import { coalescing, merge, order, refused } from "./kinds/freeing";
import { ostep } from "./kinds/ostep";
import { buddy, sizeClass } from "./kinds/other-heaps";
import { address, examined, list } from "./kinds/placement";
import { denied, realloc } from "./kinds/runs";
import { external, internal, payload, size } from "./kinds/sizes";
import type { ExerciseKind } from "./question";

const TABLE = {
  address,
  list,
  examined,
  "which-fit": whichFit,
  rover,
  size,
  payload,
  merge,
  free: refused,
  order,
  coalescing,
  realloc,
  denied,
  internal,
  external,
  buddy,
  "size-class": sizeClass,
  ostep,
} satisfies Record<string, ExerciseKind>;

/** Names a kind of exercise. */
export type ExerciseName = keyof typeof TABLE;

/** The kinds of exercises, by name. One more is an entry more: nothing else asks which kind it is. */
export const EXERCISES: Readonly<Record<ExerciseName, ExerciseKind>> = TABLE;

/** The name of every kind, in the table's order: from one call to the whole heap. */
export const EXERCISE_NAMES = Object.keys(TABLE) as readonly ExerciseName[];
