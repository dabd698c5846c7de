// What tests in a real JupyterLab and a real browser are made of. See README.md, "Develop".
export type { CellOutput } from "./app";
export { expectAccessible } from "./axe";
export { startBrowser } from "./browser";
export { watchConsole } from "./console";
export { type Lab, type LabOptions, startLab } from "./lab";
export { type Lite, startPlainLite, startSite } from "./lite";
export {
  type CellState,
  type NotebookHost,
  NotebookPage,
  type OpenOptions,
  openNotebook,
} from "./notebook-page";
