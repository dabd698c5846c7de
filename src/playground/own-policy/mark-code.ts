import type { SyntaxNode, Tree } from "@lezer/common";
import { lineAt } from "./policy-fault";

/** Code that says where it is. */
export interface MarkedCode {
  readonly code: string;
  /** The names of the two functions that it calls, parted by a comma: `at`, `back`. No name of the code's own. */
  readonly names: string;
}

/**
 * Has the code call `at(line)` whenever a function, a loop's round, a `return` or a `throw` begins, so that an endless loop can be left and named,
 * and `back(line, value)` with what a function returns: where an answer comes from. Nothing is put on another line.
 * @param code JavaScript without syntax errors
 * @param tree the code as CodeMirror's parser reads it
 */
export function withMarks(code: string, tree: Tree): MarkedCode {
  const at = unused(code, "$at");
  const back = unused(code, "$back");
  const marks = new Insertions();
  const lines = linesOf(code);
  tree.iterate({
    enter({ node }) {
      markNode(node, {
        at: (from) => `${at}(${lines(from)});`,
        call: (from) => `${at}(${lines(from)})`,
        back: (from) => `${back}(${lines(from)},`,
        end: (from) => `;${back}(${lines(from)});`,
        marks,
      });
    },
  });
  return { code: marks.into(code), names: `${at},${back}` };
}

interface Marker {
  at(from: number): string;
  call(from: number): string;
  back(from: number): string;
  end(from: number): string;
  readonly marks: Insertions;
}

const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration)$/;
const LOOPS = /^(ForStatement|WhileStatement|DoStatement)$/;

function markNode(node: SyntaxNode, { at, call, back, end, marks }: Marker): void {
  const { name, from, to } = node;
  if (FUNCTIONS.test(name)) {
    const body = node.getChild("Block");
    const value = node.name === "ArrowFunction" && !body ? node.lastChild : null;
    if (body) {
      marks.add(body.from + 1, at(from));
      marks.add(body.to - 1, end(body.to - 1));
    } else if (value) {
      marks.around(value, `${back(value.from)}(${call(value.from)},(`, ")))");
    }
  } else if (LOOPS.test(name)) {
    const body = bodyOf(node);
    if (!body) return;
    if (body.name === "Block") marks.add(body.from + 1, at(from));
    else marks.around(body, `{${at(from)}`, "}");
  } else if (name === "ReturnStatement" || name === "ThrowStatement") {
    const value = valueBehind(node);
    if (value && name === "ReturnStatement") marks.around(value, `${back(from)}(${call(from)},(`, ")))");
    else if (value) marks.around(value, `(${call(from)},(`, "))");
    else if (name === "ReturnStatement") marks.add(Math.min(to, from + 6), ` ${back(from)}void 0)`);
  }
}

/** What a loop repeats. */
function bodyOf(loop: SyntaxNode): SyntaxNode | null {
  if (loop.name === "DoStatement") return behind(loop.firstChild);
  let body = loop.lastChild;
  while (body && /Comment$/.test(body.name)) body = body.prevSibling;
  return body;
}

/** What a `return` or `throw` has behind it. */
function valueBehind(statement: SyntaxNode): SyntaxNode | null {
  const value = behind(statement.firstChild);
  return value === null || value.name === ";" ? null : value;
}

function behind(word: SyntaxNode | null): SyntaxNode | null {
  let next = word?.nextSibling ?? null;
  while (next && /Comment$/.test(next.name)) next = next.nextSibling;
  return next;
}

/** A name that the code does not have. */
function unused(code: string, name: string): string {
  return code.includes(name) ? unused(code, `${name}$`) : name;
}

/** The line of each place. */
function linesOf(code: string): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const line = known.get(at) ?? lineAt(code, at);
    known.set(at, line);
    return line;
  };
}

/** Texts to be put into another. */
class Insertions {
  readonly #before = new Map<number, string>();
  readonly #behind = new Map<number, string>();

  /** Puts `text` at a place, behind what was put there before. */
  add(place: number, text: string): void {
    this.#before.set(place, `${this.#before.get(place) ?? ""}${text}`);
  }

  /** Puts `before` in front of a node and `behind` behind it. Outer nodes come before the nodes within. */
  around({ from, to }: SyntaxNode, before: string, behind: string): void {
    this.add(from, before);
    this.#behind.set(to, `${behind}${this.#behind.get(to) ?? ""}`);
  }

  into(text: string): string {
    const places = new Set([...this.#before.keys(), ...this.#behind.keys()]);
    let made = "";
    let at = 0;
    for (const place of [...places].sort((a, b) => a - b)) {
      made += text.slice(at, place) + (this.#behind.get(place) ?? "") + (this.#before.get(place) ?? "");
      at = place;
    }
    return made + text.slice(at);
  }
}
