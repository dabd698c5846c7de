import { join } from "node:path";
import { packageRoot } from "../notebook/package-root";

/** The project's root: the folder of package.json. */
export const projectRoot = packageRoot;

/** What the laboratory installs and remembers lies here, inside the project; delete it to begin anew. */
export const labFolder = join(projectRoot, ".lab");

/** The walkthroughs. */
export const notebookFolder = join(projectRoot, "notebooks");

/** The notebook that `npm start` opens. */
export const firstNotebook = "01-first-fit-free-list.ipynb";
