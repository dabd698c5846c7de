import { defineConfig } from "vitest/config";

// Unit tests lie beside their sources. Tests that need a kernel, JupyterLab or a browser are named *.lab.test.ts
// and run only in `npm test`.
export default defineConfig({
  test: { include: ["src/**/*.test.ts"], exclude: ["src/**/*.lab.test.ts"], testTimeout: 60_000 },
});
