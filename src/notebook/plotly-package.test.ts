import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pathBetween, plotlyPackage, plotlySource } from "./plotly-package";

describe("plotlySource", () => {
  it("names the installed version and the hash of the installed file", () => {
    const { version, integrity, url } = plotlySource();
    const manifest = JSON.parse(readFileSync("package.json", "utf8"));
    expect(version).toBe(manifest.dependencies["plotly.js-dist"]);
    const hash = createHash("sha384").update(readFileSync(plotlyPackage().file)).digest("base64");
    expect(integrity).toBe(`sha384-${hash}`);
    expect(url).toContain(`@${version}/`);
  });

  it("knows the way from a notebook's folder, without an absolute path", () => {
    expect(plotlySource("notebooks/..").near).toBe("node_modules/plotly.js-dist/plotly.js");
    expect(plotlySource("src").near).toBe("../node_modules/plotly.js-dist/plotly.js");
  });
});

describe("pathBetween", () => {
  it("leads up and down again", () => {
    expect(pathBetween("/home/me/course", "/home/me/lab/plotly.js")).toBe("../lab/plotly.js");
  });
  it("is null when only the root of the disk is shared", () => {
    expect(pathBetween("/home/me", "/usr/lib/plotly.js")).toBe(null);
  });
});
