import { defineConfig } from "vitest/config";

// Unit tests lie beside their sources. Tests that need a kernel, JupyterLab or a browser are named *.lab.test.ts and are run by
// `--project lab` alone: one file at a time, since each starts its own. They find the compiled library in dist/;
// `npm run test:lab` compiles it and installs what is missing.
export default defineConfig({
  test: {
    project: "unit",
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.ts"],
          exclude: ["src/**/*.lab.test.ts"],
          setupFiles: ["src/tools/testing/fixed-seed.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "lab",
          include: ["src/**/*.lab.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
