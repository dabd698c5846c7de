/**
 * Makes the columns of a table sort: each head of its last line becomes a button, a first click sorts downward (numbers: largest first; texts:
 * from A), a second one the other way. An arrow shows which way a column is sorted. Cells with `data-value` sort as numbers; those without one come last.
 */
export function sortableTable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead tr:last-child th")];
  const body = table.tBodies[0];
  if (!body) return;
  const arrows: HTMLElement[] = [];
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.style.cssText = "all:unset;cursor:pointer;font-weight:bold;outline:revert";
    const arrow = document.createElement("span");
    arrow.setAttribute("aria-hidden", "true");
    arrow.style.cssText = "display:inline-block;width:1em;text-align:right;opacity:.35";
    arrow.textContent = UNSORTED;
    button.append(...head.childNodes, arrow);
    head.replaceChildren(button);
    arrows.push(arrow);
    button.addEventListener("click", () => {
      const flip = head.getAttribute("aria-sort") === "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      for (const other of arrows) show(other, UNSORTED);
      head.setAttribute("aria-sort", flip ? "ascending" : "descending");
      show(arrow, flip ? "▲" : "▼");
      const rows = [...body.rows].sort((a, b) => compareCells(a.cells[column]!, b.cells[column]!, flip));
      body.append(...rows);
    });
  }
}

/** What stands behind the title of a column that the table is not sorted by. */
const UNSORTED = "↕";

function show(arrow: HTMLElement, sign: string): void {
  arrow.textContent = sign;
  arrow.style.opacity = sign === UNSORTED ? ".35" : "1";
}

function compareCells(a: HTMLElement, b: HTMLElement, flip: boolean): number {
  const [x, y] = [a.dataset.value, b.dataset.value];
  if (x !== undefined && y !== undefined) return flip ? Number(x) - Number(y) : Number(y) - Number(x);
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  const order = a.textContent!.localeCompare(b.textContent!);
  return flip ? -order : order;
}
