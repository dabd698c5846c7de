import { html } from "../../base/markup";

/** The kernel's picture in the launcher. */
export const logo = `data:image/svg+xml,${encodeURIComponent(
  String(
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="6" fill="#3178c6"/><text x="32" y="53" font-family="sans-serif" font-weight="bold" font-size="34" text-anchor="middle" fill="#fff">TS</text></svg>`,
  ),
)}`;
