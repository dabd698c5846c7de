import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { blockName } from "../../exercise/call";
import { type PlaygroundCall, playgroundCallText } from "../../playground/calls";
import { begin, type Draft, type Edits, edit, look, redo, undo } from "../../playground/edits";
import { isLink, readLink } from "../../playground/link";
import { parseCalls } from "../../playground/parse-calls";
import { atStep, exampleState, type PlaygroundState, withCall, withCalls } from "../../playground/state";
import type { PlaygroundData } from "./playground-data";

/** A playground's state, and all that its reader does to it. */
export interface PlaygroundModel {
  readonly state: PlaygroundState;
  /** The operations as they stand in their field. */
  readonly text: string;
  /** Why the text cannot be read; null for one that can. The calls are then those from before. */
  readonly textProblem: string | null;
  /** Why the last change was not made; null when it was. */
  readonly problem: string | null;
  /** Whether the fit of one's own may run: not before its reader has said so, where it came with a link. */
  readonly trusted: boolean;
  trust(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  /**
   * Goes to another step: no change that could be undone.
   * @param calls whose step it is: where they are no more what is asked, nothing happens
   */
  goTo(step: number, calls: readonly PlaygroundCall[]): void;
  /**
   * Changes the state. What cannot be is not done, and `problem` says why.
   * @param kind of a change that comes in many small ones, as of a slider: they are undone at once
   */
  change(make: (state: PlaygroundState) => PlaygroundState, kind?: string): void;
  /** Asks for a block where the reader stands, and gives it the first name that is free. */
  allocate(request: number): void;
  /** Makes a call where the reader stands. */
  call(call: PlaygroundCall): void;
  /** Takes the code of the fit of one's own as it is typed. */
  write(code: string): void;
  /** Takes operations as they are typed. */
  type(text: string): void;
  /** Says what is wrong. */
  complain(problem: string): void;
}

/** The state of a playground that begins with what its output, or its address, says. */
export function usePlayground(data: PlaygroundData): PlaygroundModel {
  const first = useMemo(() => firstState(data), [data]);
  const [edits, setEdits] = useState(() => begin(first.state));
  const [problem, setProblem] = useState(first.problem);
  const [trusted, setTrusted] = useState(first.state.code === null);
  const { state, text } = edits.draft;
  const textProblem = useMemo(() => (text === null ? null : problemOf(text)), [text]);

  // Two keys may come before the page is drawn again: each acts on what the one before it has made.
  const latest = useRef(edits);
  const set = (next: Edits) => {
    latest.current = next;
    setEdits(next);
  };
  const put = (make: (draft: Draft) => Draft, kind?: string) => {
    try {
      set(edit(latest.current, make(latest.current.draft), kind));
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const change: PlaygroundModel["change"] = (make, kind) =>
    put((draft) => ({ state: make(draft.state), text: null }), kind);

  useEffect(() => {
    if (!data.alone) return;
    const open = () => {
      if (!isLink(location.hash)) return;
      setTrusted(false);
      change(() => readLink(location.hash));
    };
    addEventListener("hashchange", open);
    return () => removeEventListener("hashchange", open);
  });

  return {
    state,
    text: text ?? state.calls.map(playgroundCallText).join("\n"),
    textProblem,
    problem,
    trusted: trusted || state.code === null,
    trust: () => setTrusted(true),
    canUndo: edits.past.length > 0,
    canRedo: edits.future.length > 0,
    undo: () => set(undo(latest.current)),
    redo: () => set(redo(latest.current)),
    goTo(step, calls) {
      const now = latest.current;
      if (step !== now.draft.state.step && calls === now.draft.state.calls)
        set(look(now, atStep(now.draft.state, step)));
    },
    change,
    allocate: (request) =>
      put((draft) => called(draft, { op: "malloc", request, as: freeName(draft.state.calls) })),
    call: (call) => put((draft) => called(draft, call)),
    write: (code) => put(({ state: now, text: typed }) => ({ state: { ...now, code }, text: typed }), "code"),
    type: (typed) =>
      put((draft) => {
        const calls = tryParse(typed);
        return { state: calls ? withCalls(draft.state, calls) : draft.state, text: typed };
      }, "typing"),
    complain: setProblem,
  };
}

/** The first name that no block has been given. */
function freeName(calls: readonly PlaygroundCall[]): string {
  const given = new Set(calls.map((call) => (call.op === "malloc" ? call.as : undefined)));
  let n = 0;
  while (given.has(blockName(n))) n++;
  return blockName(n);
}

/** The draft with one more call. What was typed stays as it is, with the call behind it. */
function called({ state, text }: Draft, call: PlaygroundCall): Draft {
  const atEnd = text !== null && state.step === state.calls.length && tryParse(text) !== null;
  return {
    state: withCall(state, call),
    text: atEnd ? `${text.trimEnd()}\n${playgroundCallText(call)}` : null,
  };
}

/** What a playground begins with: the link in its address, else what its output says, else an example. */
function firstState(data: PlaygroundData): { state: PlaygroundState; problem: string | null } {
  const link = data.alone && isLink(location.hash) ? location.hash : data.link;
  if (link === null) return { state: exampleState(), problem: null };
  try {
    return { state: readLink(link), problem: null };
  } catch (error) {
    return { state: exampleState(), problem: messageOf(error) };
  }
}

function tryParse(text: string): PlaygroundCall[] | null {
  try {
    return parseCalls(text);
  } catch {
    return null;
  }
}

function problemOf(text: string): string | null {
  try {
    parseCalls(text);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
