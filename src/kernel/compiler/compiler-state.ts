import { FileTree } from "./file-tree";

/** The files that the compiler sees: the declarations of packages, of Node and of the language. */
export const compilerFiles = new FileTree();

/** The source maps of the cell that was compiled last: of its types taken out, and then of its imports made calls of `require`. */
export const sourceMaps = { types: "", imports: "" };
