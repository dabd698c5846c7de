/**
 * Makes the columns of a table sort: each head becomes a button, a first click sorts downward (numbers: largest first; texts:
 * from A), a second one the other way. Cells with `data-value` sort as numbers; those without one come last.
 */
export function sortableTable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  const body = table.tBodies[0];
  if (!body) return;
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.style.cssText = "all:unset;cursor:pointer;font-weight:bold;outline:revert";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const flip = head.getAttribute("aria-sort") === "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", flip ? "ascending" : "descending");
      const rows = [...body.rows].sort((a, b) => compareCells(a.cells[column]!, b.cells[column]!, flip));
      body.append(...rows);
    });
  }
}

function compareCells(a: HTMLElement, b: HTMLElement, flip: boolean): number {
  const [x, y] = [a.dataset.value, b.dataset.value];
  if (x !== undefined && y !== undefined) return flip ? Number(x) - Number(y) : Number(y) - Number(x);
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  const order = a.textContent!.localeCompare(b.textContent!);
  return flip ? -order : order;
}
