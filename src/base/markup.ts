/**
 * A piece of HTML. Only `html`, `script`, `scriptFile`, `style`, `jsonScript` and `savedMarkup` make one, so that no text from outside, and nothing
 * that was parsed from one, can pass for markup.
 */
export type Markup = Piece;

class Piece {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The markup as text, to be written or shown. */
  toString(): string {
    return this.#text;
  }
}

/**
 * Markup from a template: `` html`<td>${name}</td>` ``. The one way to make markup as text, in Node and in a page (where `el` makes
 * elements). What is put in is text, whatever its type, unless it is markup itself; a list is put in piece by piece, with
 * nothing between.
 * @throws Error, a defect of the template: for a value that stands in a tag without quotes, or in the text of a script or style,
 * where escaping would not hold.
 */
export function html(template: TemplateStringsArray, ...values: readonly unknown[]): Markup {
  checkPlaces(template);
  let made = template[0]!;
  for (const [i, value] of values.entries()) made += escaped(value) + template[i + 1]!;
  return new Piece(made);
}

/**
 * A `<script>` of our own program text.
 * @throws Error when it holds what would end the element; such a text is to be changed where it is made.
 */
export function script(code: string): Markup {
  const found = /<\/script|<!--|<script/i.exec(code);
  if (found) throw new Error(`A script for a page must not contain ${JSON.stringify(found[0])}.`);
  return new Piece(`<script>${code}</script>`);
}

/** A `<script>` whose program lies in a file beside the page. */
export function scriptFile(path: string): Markup {
  return new Piece(`<script src="${escaped(path)}"></script>`);
}

/**
 * A `<style>` of our own rules.
 * @throws Error when it holds what would end the element
 */
export function style(rules: string): Markup {
  if (/<\/style/i.test(rules)) throw new Error('A style for a page must not contain "</style".');
  return new Piece(`<style>${rules}</style>`);
}

/**
 * Markup that the project itself wrote and saved: the text of its notebooks, and their outputs. For what builds pages from those alone,
 * which a test sees to; never for a text of a reader's or a trace's.
 */
export function savedMarkup(text: string): Markup {
  return new Piece(text);
}

/**
 * A `<script type="application/json">` of plain data, in which no text can end the element, open a comment or break a line
 * of an older JavaScript.
 */
export function jsonScript(data: unknown): Markup {
  const json = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return new Piece(`<script type="application/json">${json}</script>`);
}

/**
 * A text as Plotly shows it literally: in all that it draws it reads a few tags (`<b>`, `<a href>`, `<br>`) and entities, and
 * where the page has MathJax, TeX between dollars.
 */
export function plotlyText(value: unknown): string {
  return String(value).replace(/[&<>$]/g, characterReference);
}

const checked = new WeakSet<TemplateStringsArray>();

/** Values may stand between tags, and in a tag between quotes. */
function checkPlaces(template: TemplateStringsArray): void {
  if (checked.has(template)) return;
  let before = "";
  for (const part of template.slice(0, -1)) {
    before += part;
    const found = /<(?:script|style)\b[^<]*$/i.exec(before) ?? /<(?:[^<>"]|"[^"]*")*$/.exec(before);
    if (found) throw new Error(`Nothing can be put into markup behind ${JSON.stringify(found[0])}.`);
  }
  checked.add(template);
}

function escaped(value: unknown): string {
  if (value instanceof Piece) return String(value);
  if (Array.isArray(value)) return value.map(escaped).join("");
  return String(value).replace(/[&<>"']/g, characterReference);
}

function characterReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
