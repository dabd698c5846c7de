// What tests in a real JupyterLab and a real browser are made of. See README.md, "Develop".
export type { CellOutput } from "./app";
export { expectAccessible } from "./axe";
export { watchConsole } from "./console";
export { executeIn } from "./execute-in";
export { firefoxObstacle, startFirefox } from "./firefox";
export { type Lab, type LabOptions, startLab } from "./lab";
export { startPlainLite } from "./lite";
export {
  type CellState,
  type NotebookHost,
  NotebookPage,
  type OpenOptions,
  openNotebook,
} from "./notebook-page";
export { shared, sharedBrowser, sharedFolder, sharedLab, sharedSite } from "./shared";
export { shownBy } from "./shown-by";
