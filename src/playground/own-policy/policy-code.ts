import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { transform } from "sucrase";
import { counted } from "../../base/readable";
import { withMarks } from "./mark-code";
import { lineAt, MOST_CODE, PolicyError, type PolicyFault } from "./policy-fault";

/**
 * A policy of one's own, ready to run: JavaScript without types, line for line the code. Plain JSON.
 *
 * Both texts are expressions: a function that makes the policy, strict, whose first line is the code's first line. The first takes two
 * functions by which the code says where it is (see `withMarks`); the second is the same without them.
 */
export interface PolicyProgram {
  readonly marked: string;
  readonly plain: string;
  /** The code's lines. */
  readonly lines: number;
  /** The line at which the policy begins. */
  readonly line: number;
}

const typescript = parser.configure({ dialect: "ts" });

/**
 * Compiles the code of a policy: TypeScript whose last statement is a function `(holes, size) => hole`, or gives it a name. What
 * stands before it is made anew for every run, and so may keep what the policy wants to remember from request to request.
 *
 * Types are taken out by sucrase, which keeps lines and, unlike CodeMirror's parser, is never in doubt whether a `<` begins a type. That
 * parser says where a syntax error is, and what the statements are.
 */
export function compilePolicy(code: string): PolicyProgram | PolicyFault {
  try {
    return programOf(code);
  } catch (error) {
    if (error instanceof PolicyError) return error.fault();
    // What is nested deeper than the parsers can go.
    const message = "The code is nested too deeply to be read; write it in simpler statements.";
    return new PolicyError("syntax", message).fault();
  }
}

/** Whether compiling came to a program. */
export function isProgram(compiled: PolicyProgram | PolicyFault): compiled is PolicyProgram {
  return "marked" in compiled;
}

function programOf(code: string): PolicyProgram {
  if (code.length > MOST_CODE) {
    throw new PolicyError(
      "syntax",
      `The code must have at most ${counted(MOST_CODE, "character")}, not ${counted(code.length, "character")}.`,
    );
  }
  const text = code.replace(/\r\n?|[\u2028\u2029]/g, "\n");
  const javascript = withoutTypes(text);
  const tree = parser.parse(javascript);
  const wrong = firstError(tree);
  if (wrong !== null) throw syntaxError(javascript, wrong);
  refuseImports(tree, javascript);
  const { from, to, returned, line } = policyOf(tree, javascript);
  const [head, last, tail] = [javascript.slice(0, from), javascript.slice(from, to), javascript.slice(to)];
  const body = `${head}${returned(last)}${tail}`;
  const lines = text.split("\n").length;
  const marked = withMarks(body, parser.parse(body));
  const make = (names: string, made: string) => `(function(${names}){"use strict";${made}\n})`;
  return { marked: make(marked.names, marked.code), plain: make("", body), lines, line };
}

function withoutTypes(code: string): string {
  const failed = errorOf(code);
  // A function without a name is no statement, but it is a policy.
  const given = failed !== null && /\bfunction\b/.test(code) && errorOf(`(${code}\n)`) === null;
  if (failed !== null && !given) {
    const at = firstError(typescript.parse(code));
    if (at !== null) throw syntaxError(code, at);
    const { line } = failed.loc ?? {};
    throw new PolicyError(
      "syntax",
      `Syntax error: ${failed.message.replace(/ \(\d+:\d+\)$/, "")}.`,
      line ?? null,
    );
  }
  return sucrase(given ? `(${code}\n)` : code);
}

function sucrase(code: string): string {
  return transform(code, {
    transforms: ["typescript"],
    disableESTransforms: true,
    keepUnusedImports: true,
  }).code;
}

function errorOf(code: string): (Error & { loc?: { line: number } }) | null {
  try {
    sucrase(code);
    return null;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return error as Error;
  }
}

/** Where the first syntax error is; null when there is none. */
function firstError(tree: Tree): number | null {
  let at: number | null = null;
  tree.iterate({
    enter(node) {
      if (node.type.isError) at ??= node.from;
      return at === null;
    },
  });
  return at;
}

function syntaxError(code: string, at: number): PolicyError {
  const rest = code.slice(at).trimStart();
  const token = /^(?:[\w$]+|=>|\.\.\.|&&|\|\||[^\s])/u.exec(rest)?.[0];
  const what =
    token === undefined
      ? "Syntax error: the code ends before it is complete."
      : `Syntax error: ${JSON.stringify(token)} cannot stand here.`;
  const where = token === undefined ? code.trimEnd().length : code.indexOf(rest, at);
  return new PolicyError("syntax", what, lineAt(code, where));
}

function refuseImports(tree: Tree, code: string): void {
  tree.iterate({
    enter({ name, from, node }) {
      const source = name === "ExportDeclaration" && node.getChild("from") !== null;
      if (!source && !/^(ImportDeclaration|DynamicImport|ImportMeta)$/.test(name)) return true;
      const what = source ? "An export from elsewhere" : "An import";
      throw new PolicyError("alone", `${what} cannot be had here: the code runs alone.`, lineAt(code, from));
    },
  });
}

/**
 * The code of a policy as one TypeScript expression, for a cell: itself, where it is one; else a function that makes the policy and is
 * called. Code that cannot be read stays as it is.
 */
export function policyExpression(code: string): string {
  const text = code.trim();
  try {
    const { from, to, returned } = policyOf(typescript.parse(text), text);
    const [head, last] = [text.slice(0, from), text.slice(from, to)];
    const single = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*$/.test(head);
    if (single && returned(last) === `return ${last}`) return `${head}${last.replace(/;$/, "")}`;
    return `(() => {\n${head}${returned(last)}${text.slice(to)}\n})()`;
  } catch {
    return text;
  }
}

interface PolicyPlace {
  /** Where the last statement stands. */
  readonly from: number;
  readonly to: number;
  /** The statement as one that returns the policy. */
  returned(statement: string): string;
  readonly line: number;
}

/** The policy: the last statement. */
function policyOf(tree: Tree, code: string): PolicyPlace {
  let last = tree.topNode.lastChild;
  while (last && /Comment$|^;$/.test(last.name)) last = last.prevSibling;
  const none = () =>
    new PolicyError(
      "policy",
      "The last statement must be the policy: a function (holes, size) => hole.",
      last ? lineAt(code, last.from) : null,
    );
  if (!last) throw none();
  const { from, to } = last;
  const line = lineAt(code, from);
  if (last.name === "ExpressionStatement") return { from, to, line, returned: (text) => `return ${text}` };
  const exported = last.name === "ExportDeclaration";
  const inner = exported ? declarationIn(last) : last;
  const head = exported ? code.slice(from, inner?.from ?? from).replace(/[^\n]/g, " ") : "";
  const whole = (text: string) => (exported ? `${head}${text.slice(head.length)}` : text);
  if (exported && last.getChild("default") && inner && !inner.getChild("VariableDefinition"))
    return { from, to, line, returned: (text) => `return ${whole(text).trimStart()}` };
  const name = inner && nameOf(inner, code);
  if (!name) throw none();
  return { from, to, line, returned: (text) => `${whole(text)};return ${name};` };
}

/** What an export declares. */
function declarationIn(exported: SyntaxNode): SyntaxNode | null {
  for (let child = exported.firstChild; child; child = child.nextSibling) {
    if (!/^(export|default|;)$|Comment$/.test(child.name)) return child;
  }
  return null;
}

/** The name that a declaration gives; of several the last. */
function nameOf(declaration: SyntaxNode, code: string): string | null {
  if (!/^(FunctionDeclaration|VariableDeclaration)$/.test(declaration.name)) return null;
  const names = declaration.getChildren("VariableDefinition");
  const name = names[names.length - 1];
  return name ? code.slice(name.from, name.to) : null;
}
