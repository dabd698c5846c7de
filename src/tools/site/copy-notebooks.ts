import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notebookFolder } from "../paths";

interface Output {
  data?: Record<string, unknown>;
}

/** The notebooks, their pictures and their traces; not what a reader has recorded here. */
export function copyNotebooks(to: string): void {
  const unwanted = ["traces/recorded", ".ipynb_checkpoints"].map((path) => join(notebookFolder, path));
  mkdirSync(to, { recursive: true });
  cpSync(notebookFolder, to, { recursive: true, filter: (path) => !unwanted.includes(path) });
  for (const name of readdirSync(to).filter((file) => file.endsWith(".ipynb"))) {
    writeFileSync(join(to, name), withWholeTexts(readFileSync(join(to, name), "utf8")));
  }
}

/**
 * A notebook whose outputs have each text in one piece. Its file may have a text as a list of lines, which a Jupyter server puts
 * together; JupyterLite does not, and shows commas between them.
 */
export function withWholeTexts(file: string): string {
  const notebook = JSON.parse(file) as { cells: { outputs?: Output[] }[] };
  for (const { data = {} } of notebook.cells.flatMap(({ outputs = [] }) => outputs)) {
    for (const [type, text] of Object.entries(data)) {
      if (Array.isArray(text) && !/[/+]json$/.test(type)) data[type] = text.join("");
    }
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
