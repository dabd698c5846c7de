/** A text as it may stand in HTML, between tags or in a quoted attribute: none of it is read as markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Plain data as it may stand in a `<script>` element: JSON in which no text can end the element, open a comment or break
 * a line of an older JavaScript.
 */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * Program text of our own as it may stand in a `<script>` element.
 * @throws Error when it holds what would end the element; such a text is to be changed where it is made.
 */
export function scriptText(code: string): string {
  const found = /<\/script|<!--|<script/i.exec(code);
  if (found) throw new Error(`A script for a page must not contain ${JSON.stringify(found[0])}.`);
  return code;
}
