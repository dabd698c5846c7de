import { version } from "@tslab/typescript-for-tslab";
import {
  type CompletionInfo,
  type Converter,
  type ConvertResult,
  createConverter,
  type Diagnostic,
  isCompleteCode,
} from "tslab/dist/converter";
import { printQuickInfo } from "tslab/dist/inspect";
import { type CodeMetadata, getCodeMetadata } from "tslab/dist/metadata";
import { getVersion } from "tslab/dist/util";
import { sourceMaps } from "./compiler-state";
import { type SourceLines, sourceLines, throughBoth } from "./source-lines";

export {
  type CodeMetadata,
  type CompletionInfo,
  type ConvertResult,
  type Diagnostic,
  getCodeMetadata,
  isCompleteCode,
};

/** tslab's converter and its compiler, reading from memory. There is one in a program, as tslab's is. */
export interface Compiler extends Pick<Converter, "convert" | "addModule" | "complete"> {
  /** What is said of the name at a position: its type and its docstring; undefined where there is nothing to say. */
  inspect(declarations: string, code: string, position: number): string | undefined;
  /** Which line of the cell that was converted last each line of its output came from. */
  lines(): SourceLines;
}

/** What `versions` of `tslab` says. */
export const compilerVersions = {
  tslab: getVersion(),
  typescript: version,
  node: "browser",
};

/** Makes the compiler, from the declarations in `compilerFiles`. It reads the declarations of the language and of Node first, which takes half a second. */
export function createCompiler(): Compiler {
  const converter = createConverter();
  return {
    convert: converter.convert,
    addModule: converter.addModule,
    complete: converter.complete,
    inspect(declarations, code, position) {
      const info = converter.inspect(declarations, code, position);
      return info && printQuickInfo(info);
    },
    lines() {
      const { types, imports } = sourceMaps;
      // tslab puts a line of its own above the cell, so that it is a module.
      return throughBoth(sourceLines(imports), sourceLines(types)).map((line) =>
        line === undefined ? undefined : line - 1,
      );
    },
  };
}
