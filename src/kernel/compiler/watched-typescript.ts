import * as typescript from "@tslab/typescript-for-tslab";
import { compilerFiles, sourceMaps } from "./compiler-state";
import { virtualSystem } from "./virtual-system";

// tslab's converter is given this module in place of its compiler: the same one, except that it reads files from memory and that
// the source maps of what it compiles are kept, which tslab does without. Each source map of a cell says which line of the cell a
// line of what runs came from.

(typescript as unknown as { setSys(system: typescript.System): void }).setSys(virtualSystem(compilerFiles));

/** As the compiler's; the program that it makes keeps the source map of a cell. */
function createWatchCompilerHost(
  rootFiles: string[],
  options: typescript.CompilerOptions,
  system: typescript.System,
  _createProgram: unknown,
  ...rest: [typescript.DiagnosticReporter, typescript.WatchStatusReporter]
) {
  const createProgram: typescript.CreateProgram<typescript.EmitAndSemanticDiagnosticsBuilderProgram> = (
    ...args
  ) => {
    const program = typescript.createEmitAndSemanticDiagnosticsBuilderProgram(...args);
    const emit = program.emit;
    program.emit = (file, write, ...more) =>
      emit.call(
        program,
        file,
        (path, text, ...others) => {
          if (path.endsWith("/__tslab__.js.map")) sourceMaps.types = text;
          else write?.(path, path.endsWith(".js") ? withoutMapComment(text) : text, ...others);
        },
        ...more,
      );
    return program;
  };
  const mapped = { ...options, sourceMap: true };
  return typescript.createWatchCompilerHost(rootFiles, mapped, system, createProgram, ...rest);
}

/** As the compiler's; what it was asked last is the module of a cell. */
function transpileModule(input: string, options: typescript.TranspileOptions): typescript.TranspileOutput {
  const compilerOptions = { ...options.compilerOptions, sourceMap: true };
  const output = typescript.transpileModule(input, { ...options, compilerOptions });
  sourceMaps.imports = output.sourceMapText ?? "";
  return { ...output, outputText: withoutMapComment(output.outputText) };
}

function withoutMapComment(text: string): string {
  return text.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}

const watched: typeof typescript = Object.create(typescript, {
  __esModule: { value: true },
  createWatchCompilerHost: { value: createWatchCompilerHost },
  transpileModule: { value: transpileModule },
});

export = watched;
