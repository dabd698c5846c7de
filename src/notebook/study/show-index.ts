import { html, type Markup } from "../../base/markup";
import type { FreeList } from "../../heap/free-list";
import { type IndexSearch, indexSearch } from "../../study/index-search";
import { indexSvg, indexText } from "../../study/index-svg";
import { displayHtml } from "../kernel-display";
import { svgAddress } from "./svg-address";

/**
 * Shows in the cell's output how the index of a heap finds the first fit for `size` bytes, level by level.
 * @returns the search, whose numbers can be asked for
 * @throws as `indexSearch`; Error outside of a tslab notebook
 */
export function showIndex(heap: FreeList, size: number): IndexSearch {
  const search = indexSearch(heap, size);
  displayHtml(indexHtml(search));
  return search;
}

/** The picture of a search: an image, which says in words what it shows. */
export function indexHtml(search: IndexSearch): Markup {
  return html`<img src="${svgAddress(indexSvg(search))}" alt="${indexText(search)}" style="max-width:100%">`;
}
