import { join } from "node:path";
import { build } from "esbuild";
import type { Programs } from "../own-code/judge-own-code";

/** The grader's programs as they are in src/ now: a test asks nothing of dist/. */
export async function compilePrograms(): Promise<Programs> {
  const compile = async (name: string) => {
    const { outputFiles } = await build({
      entryPoints: [join(__dirname, "../own-code", `${name}.ts`)],
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      write: false,
    });
    return outputFiles[0]!.text;
  };
  return { server: await compile("serve-code"), judge: await compile("judge-code") };
}
