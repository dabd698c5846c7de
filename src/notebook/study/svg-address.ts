import type { Markup } from "../../base/markup";

/** An SVG as the address of an image: shorter than in base 64. SVG of their own is stripped from notebooks that are not trusted, images are not. */
export function svgAddress(svg: Markup): string {
  const text = String(svg).replace(/["%#<>&{}]/g, (character) =>
    character === '"' ? "'" : encodeURIComponent(character),
  );
  return `data:image/svg+xml,${text}`;
}
