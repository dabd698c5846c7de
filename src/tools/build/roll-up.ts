import { dirname, join } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";

/** What a name stands for: a declaration, known by where it is and how it is called there. */
interface Target {
  readonly file: string;
  readonly name: string;
}

/** A declaration file: what it declares, and what its other names stand for. */
interface DeclarationFile {
  /** Several statements a name: overloads, or an interface beside a constant. */
  readonly declared: ReadonlyMap<string, ts.Statement[]>;
  /** Imported and re-exported names. */
  readonly borrowed: ReadonlyMap<string, Target>;
  /** The names of the file's `export { … } from`, in order, as they are seen from outside. */
  readonly exported: readonly string[];
}

/**
 * One declaration file that says what `index` and the files that it refers to say, docstrings included, and nothing that
 * is out of reach: the kernel's compiler reads one file at a fraction of the cost of a hundred.
 *
 * It knows the few forms that the compiler writes for this project. A declaration whose name is taken gets another one,
 * as `Options$2`; under its own name it is exported all the same.
 * @param index path of a `.d.ts` file that only re-exports
 * @param read gives the text of a file, or throws when there is none
 * @throws Error naming the file and the statement whose form it does not know, such as a type of another package
 */
export function rollUp(index: string, read: (file: string) => string): string {
  const files = new Map<string, DeclarationFile>();
  const fileAt = (path: string): DeclarationFile => {
    const known = files.get(path) ?? declarationFile(path, read(path));
    files.set(path, known);
    return known;
  };
  /** Where a name of a file is declared; undefined when it is none of the file's own. */
  const find = (path: string, name: string): Target | undefined => {
    const { declared, borrowed } = fileAt(path);
    if (declared.has(name)) return { file: path, name };
    const target = borrowed.get(name);
    if (!target) return undefined;
    if (!target.file.endsWith(".d.ts")) {
      throw new Error(`${path}: cannot roll up ${name}, which is of another package (${target.file})`);
    }
    const found = find(target.file, target.name);
    if (!found) throw new Error(`${path}: ${target.file} declares no ${target.name}`);
    return found;
  };

  const names = new Map<string, string>();
  const taken = new Set<string>();
  const toWrite: Target[] = [];
  /** How a declaration is called in the one file, which it joins. */
  const nameOf = (target: Target): string => {
    const key = `${target.file}#${target.name}`;
    const known = names.get(key);
    if (known) return known;
    let name = target.name;
    for (let i = 2; taken.has(name); i++) name = `${target.name}$${i}`;
    taken.add(name);
    names.set(key, name);
    toWrite.push(target);
    return name;
  };

  const exported = fileAt(index).exported.map((name) => {
    const target = find(index, name);
    const own = target ? nameOf(target) : name;
    return own === name ? name : `${own} as ${name}`;
  });
  const texts: string[] = [];
  // It grows on the way: what is written refers to more.
  for (const { file, name } of toWrite) {
    const rename = (used: string, from?: string) => {
      const target = find(from ? besides(file, from) : file, used);
      return target ? nameOf(target) : used;
    };
    for (const statement of fileAt(file).declared.get(name) ?? []) texts.push(written(statement, rename));
  }
  return `${texts.join("\n")}\nexport { ${exported.join(", ")} };\n`;
}

/** A statement's text without `export`, its names changed. */
function written(statement: ts.Statement, rename: (name: string, from?: string) => string): string {
  const file = statement.getSourceFile();
  const start = statement.getFullStart();
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const replace = (node: ts.Node, text: string) =>
    edits.push({ start: node.getStart(), end: node.end, text });
  const visit = (node: ts.Node): void => {
    if (ts.isImportTypeNode(node)) {
      const { argument, qualifier } = node;
      const literal = ts.isLiteralTypeNode(argument) ? argument.literal : undefined;
      if (!literal || !ts.isStringLiteral(literal) || !qualifier || !ts.isIdentifier(qualifier)) {
        throw new Error(`${file.fileName}: cannot roll up "${node.getText()}"`);
      }
      const name = rename(qualifier.text, literal.text);
      const end = qualifier.end;
      edits.push({ start: node.getStart(), end, text: node.isTypeOf ? `typeof ${name}` : name });
      node.typeArguments?.forEach(visit);
      return;
    }
    if (ts.isIdentifier(node) && isReference(node)) replace(node, rename(node.text));
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const word = modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (word) edits.push({ start: word.getStart(), end: word.end + 1, text: "" });
  let text = statement.getFullText();
  for (const edit of edits.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, edit.start - start) + edit.text + text.slice(edit.end - start);
  }
  return text.trim();
}

/** True for a name that refers to a declaration of the file, or is that declaration's own. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent) || ts.isTypeQueryNode(parent)) return true;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAccessExpression(parent) || ts.isExpressionWithTypeArguments(parent)) {
    return parent.expression === node;
  }
  if (ts.isComputedPropertyName(parent)) return true;
  if (ts.isVariableDeclaration(parent)) return parent.name === node;
  return ts.isStatement(parent) && (parent as ts.Statement & { name?: ts.Node }).name === node;
}

/** The declaration file that `specifier` means in `file`; a package is left as it is. */
const besides = (file: string, specifier: string) =>
  specifier.startsWith(".") ? `${join(dirname(file), specifier)}.d.ts` : specifier;

function declarationFile(path: string, text: string): DeclarationFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const declared = new Map<string, ts.Statement[]>();
  const borrowed = new Map<string, Target>();
  const exported: string[] = [];
  for (const statement of source.statements) {
    const declaring = declaredName(statement);
    if (declaring !== undefined) {
      declared.set(declaring, [...(declared.get(declaring) ?? []), statement]);
      continue;
    }
    const list = namesOf(statement);
    const from = list && specifierOf(statement);
    if (!list || (from === undefined && list.length > 0)) {
      throw new Error(`${path}: cannot roll up "${statement.getText()}"`);
    }
    for (const { name, propertyName } of list) {
      borrowed.set(name.text, { file: besides(path, from ?? ""), name: (propertyName ?? name).text });
      if (ts.isExportDeclaration(statement)) exported.push(name.text);
    }
  }
  return { declared, borrowed, exported };
}

function declaredName(statement: ts.Statement): string | undefined {
  if (ts.isVariableStatement(statement)) {
    const [declaration, ...others] = statement.declarationList.declarations;
    return declaration && others.length === 0 && ts.isIdentifier(declaration.name)
      ? declaration.name.text
      : undefined;
  }
  const declares =
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return declares ? statement.name?.text : undefined;
}

/** What stands between the braces of an import or export; undefined for every other statement. */
function namesOf(
  statement: ts.Statement,
): readonly { readonly name: ts.Identifier; readonly propertyName?: ts.Identifier }[] | undefined {
  if (ts.isExportDeclaration(statement)) {
    return statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements
      : undefined;
  }
  if (!ts.isImportDeclaration(statement) || statement.importClause?.name) return undefined;
  const bindings = statement.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
}

/** What stands behind `from`; undefined when there is none. */
function specifierOf(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const specifier = statement.moduleSpecifier;
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}
