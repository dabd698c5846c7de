import { afterEach, expect, it } from "vitest";
import { heapFrom } from "../heap/heap-from";
import { kernelDisplays } from "./kernel-display";
import { show } from "./show";

const scope = globalThis as { __tslab__?: unknown };
afterEach(() => {
  delete scope.__tslab__;
});

it("shows markup behind a blank line, which is all that JupyterLab shows of it when the output is folded", () => {
  const shown: string[] = [];
  const display = { html: (markup: string) => shown.push(markup) };
  scope.__tslab__ = { require: () => ({ display, newDisplay: () => display }) };
  show(heapFrom("f16 A24"));
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatch(/^ \n<table/);
});

it("says outside of a notebook what else can be done", () => {
  expect(kernelDisplays).toThrow("Only a cell of a tslab notebook can show this");
  expect(() => show(heapFrom("f16"))).toThrow("use saveHtml, savePng or saveGif");
});
