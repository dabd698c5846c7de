import { defineConfig } from "vitest/config";

// Tests that need a kernel, JupyterLab or a browser: one file at a time, since each starts its own. They find the
// compiled library in dist/; `npm run test:lab` compiles it and installs what is missing.
export default defineConfig({
  test: {
    include: ["src/**/*.lab.test.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
