import type { PlaygroundState } from "./state";

/** Most states that can be gone back to. */
const MOST_EDITS = 200;

/** A state as it is edited: what is shown, and a text of operations that cannot be read yet, so that nothing typed is lost. */
export interface Draft {
  readonly state: PlaygroundState;
  /** The operations as they are typed; null for the state's calls as they are written. */
  readonly text: string | null;
}

/** A draft, and those before and behind it. Immutable. */
export interface Edits {
  readonly draft: Draft;
  readonly past: readonly Draft[];
  readonly future: readonly Draft[];
  /** What the last edit was, where the next one of its kind may go on with it: a slider that is moved. */
  readonly kind: string | null;
}

/** The first draft. */
export function begin(state: PlaygroundState): Edits {
  return { draft: { state, text: null }, past: [], future: [], kind: null };
}

/**
 * Edits: what was can be gone back to.
 * @param kind names an edit that comes in many small ones, as typing does: they are undone at once. Default: each by itself
 */
export function edit(edits: Edits, draft: Draft, kind: string | null = null): Edits {
  const goesOn = kind !== null && kind === edits.kind;
  const past = goesOn ? edits.past : [...edits.past, edits.draft].slice(-MOST_EDITS);
  return { draft, past, future: [], kind };
}

/** Goes to another step of what is there: no edit. */
export function look(edits: Edits, state: PlaygroundState): Edits {
  return { ...edits, draft: { ...edits.draft, state } };
}

/** What was before the last edit; the same where there is none. */
export function undo(edits: Edits): Edits {
  const { draft, past, future } = edits;
  const before = past.at(-1);
  if (!before) return edits;
  return { draft: before, past: past.slice(0, -1), future: [draft, ...future], kind: null };
}

/** What the last undo took back; the same where there is none. */
export function redo(edits: Edits): Edits {
  const { draft, past, future } = edits;
  const [next, ...rest] = future;
  if (!next) return edits;
  return { draft: next, past: [...past, draft], future: rest, kind: null };
}
