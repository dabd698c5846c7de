import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../paths";
import type { Turns } from "./workload";

/** The C library's malloc, on the same turns. */
export class Native {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Compiles the C program; null where there is no C compiler. */
  static compile(): Native | null {
    const folder = mkdtempSync(join(tmpdir(), "freelist-bench-"));
    // The build copies no C: the source lies beside this file's source.
    const source = join(projectRoot, "src/tools/bench/allocator/native.c");
    try {
      execFileSync(process.env.CC ?? "cc", ["-O2", "-o", join(folder, "native"), source], {
        stdio: "ignore",
      });
      return new Native(folder);
    } catch {
      rmSync(folder, { recursive: true });
      return null;
    }
  }

  /** Nanoseconds per operation of each round. */
  measure(
    { live, slots, sizes, first }: Turns,
    rounds: number,
    environment: Record<string, string> = {},
  ): number[] {
    const file = join(this.#folder, "turns");
    writeFileSync(
      file,
      Buffer.concat(
        [Int32Array.of(live, slots.length), first, slots, sizes].map((part) => Buffer.from(part.buffer)),
      ),
    );
    const env = { ...process.env, ...environment };
    const text = execFileSync(join(this.#folder, "native"), [file, String(rounds)], {
      encoding: "utf8",
      env,
    });
    return text.trim().split("\n").map(Number);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
