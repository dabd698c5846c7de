/** A kernel without its sockets: runs some cells and prints how long each took. */
import { createConverter } from "tslab/dist/converter";
import { createExecutor } from "tslab/dist/executor";
import type { CellTimes } from "./bench-cells";

async function main(which: string | undefined): Promise<void> {
  const ours = which === "with";
  const converter = createConverter();
  const executor = createExecutor(process.cwd(), { node: converter, browser: converter, close() {} }, silent);
  const time = async (cell: string) => {
    const start = performance.now();
    if (!(await executor.execute(cell))) throw new Error(`The cell failed: ${cell}`);
    return performance.now() - start;
  };
  const first = await time("const zero = 0;");
  await time("const one = [1, 2, 3].map((n) => n * 2);");
  // Both kernels import a module of their own, so that only what is imported differs.
  const imports = await time(
    ours
      ? 'import { FreeList } from "freelist-lab"; const heap0 = new FreeList(64, 4);'
      : 'import { join } from "path"; const path0 = join("a", "b");',
  );
  const uses: number[] = [];
  for (let i = 1; i <= 9; i++) {
    uses.push(
      await time(
        ours
          ? `const heap${i} = new FreeList(64, 4); heap${i}.malloc(${i});`
          : `const path${i} = join("a", "b"); path${i}.concat("${i}");`,
      ),
    );
  }
  const times: CellTimes = { first, imports, uses };
  console.log(JSON.stringify(times));
  process.exit(0);
}

const silent = { log() {}, error: console.error };

void main(process.argv[2]);
