import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../paths";
import type { Turns } from "./workload";

/** What is compiled: files of `native/`, each an allocator. */
export type NativeHeap = "c-library" | "index-heap" | "walked-list";

/** Our own C, compiled: allocators that take the same turns. */
export class Native {
  readonly #folder = mkdtempSync(join(tmpdir(), "freelist-bench-"));

  private constructor() {}

  /** Compiles the programs; null where there is no C compiler. @throws what the compiler says of a program that is wrong */
  static compile(): Native | null {
    const compiler = process.env.CC ?? "cc";
    try {
      execFileSync(compiler, ["--version"], { stdio: "ignore" });
    } catch {
      return null;
    }
    const native = new Native();
    // The build copies no C: the sources lie beside this file's source.
    const source = join(projectRoot, "src/tools/bench/allocator/native/run-turns.c");
    for (const heap of ["c-library", "index-heap", "walked-list"] satisfies NativeHeap[])
      execFileSync(compiler, ["-O2", `-DHEAP="${heap}.h"`, "-o", native.program(heap), source]);
    return native;
  }

  /** The file of a program: it takes a file of turns. */
  program(heap: NativeHeap): string {
    return join(this.#folder, heap);
  }

  /** Writes turns where programs read them, once; the file. */
  write({ live, slots, sizes, first }: Turns): string {
    const file = join(this.#folder, `turns-${live}`);
    if (existsSync(file)) return file;
    const parts = [Int32Array.of(live, slots.length), first, slots, sizes];
    writeFileSync(file, Buffer.concat(parts.map((part) => Buffer.from(part.buffer))));
    return file;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
