import type { Theme } from "./payload";

/** Whether the player is to be dark: what the payload says, else JupyterLab's theme, else what the reader's system prefers. */
export function isDark(theme: Theme): boolean {
  if (theme !== "auto") return theme === "dark";
  const lab = document.body.dataset.jpThemeLight;
  if (lab !== undefined) return lab === "false";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Calls `act` when the page's theme may have changed. Returns a function that ends it. */
export function watchTheme(act: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", act);
  const observer = new MutationObserver(act);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => {
    query.removeEventListener("change", act);
    observer.disconnect();
  };
}
