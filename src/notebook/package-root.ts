import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's folder, which has its package.json: above this module, be it source, compiled or in a bundle. */
export const packageRoot = folderWithPackageJson(__dirname);

function folderWithPackageJson(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : folderWithPackageJson(dirname(folder));
}
