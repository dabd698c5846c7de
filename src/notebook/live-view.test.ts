import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { liveView } from "./live-view";
import { show } from "./show";

// In a real kernel and a real JupyterLab: view.lab.test.ts.
describe("in a tslab kernel", () => {
  let shown: string[];
  const scope = globalThis as { __tslab__?: unknown };

  beforeEach(() => {
    shown = [];
    const display = { html: (markup: string) => shown.push(markup) };
    scope.__tslab__ = { require: () => ({ display, newDisplay: () => display }) };
  });
  afterEach(() => {
    delete scope.__tslab__;
  });

  it("liveView(heap).draw() shows the heap as it is at that moment, with what is allocated", async () => {
    const heap = new FreeList(8192, 4);
    const view = liveView(heap, { framesPerSecond: 60 });
    await view.draw();
    heap.malloc(40);
    await view.draw();
    await view.draw("by hand <b>");
    expect(shown.map((markup) => /<div>([^<]*)<\/div>/.exec(markup)?.[1])).toEqual([
      "0 of 8,192 bytes allocated, in 0 blocks; 1 hole",
      "40 of 8,192 bytes allocated, in 1 block; 1 hole",
      "by hand &#60;b&#62;",
    ]);
    const pictures = shown.map((markup) => /src="([^"]+)"/.exec(markup)?.[1]);
    expect(pictures[0]).not.toBe(pictures[1]);
    expect(pictures[1]).toBe(pictures[2]);
    expect(view.frames).toBe(3);
  });

  it("refuses options that a live view or the picture of a heap does not have", () => {
    const heap = new FreeList(64, 4);
    expect(() => liveView(heap, { fps: 3 } as object)).toThrow('There is no option "fps"');
    expect(() => show(heap as never, { colour: "age" })).toThrow(
      'A heap is shown without options, and "colour" is one of a run\'s: record the heap with History.of(heap).',
    );
  });

  it("draw() settles no sooner than the next picture is due", async () => {
    const view = liveView(new FreeList(64, 4), { framesPerSecond: 50 });
    const start = performance.now();
    for (let frame = 0; frame < 5; frame++) await view.draw();
    expect(performance.now() - start).toBeGreaterThan(5 * 20 - 5);
  });

  it("after an interrupt of the kernel the loop that draws does not go on", async () => {
    const view = liveView(new FreeList(64, 4));
    let turns = 0;
    const kernelsOwn = () => {};
    process.on("SIGINT", kernelsOwn);
    const loop = async () => {
      for (;;) {
        await view.draw();
        turns++;
      }
    };
    void loop();
    await new Promise((resolve) => setTimeout(resolve, 70));
    process.emit("SIGINT");
    const then = turns;
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.off("SIGINT", kernelsOwn);
    expect(then).toBeGreaterThan(0);
    expect(turns).toBe(then);
    await view.draw();
    expect(view.frames).toBe(then + 2);
  });

  it("liveView() refuses a rate or a width that makes no sense", () => {
    const heap = new FreeList(64, 4);
    expect(() => liveView(heap, { framesPerSecond: 0 })).toThrow(/from 1 to 60, not 0/);
    expect(() => liveView(heap, { width: Number.NaN })).toThrow(RangeError);
    expect(() => liveView(heap, { width: "wide" as unknown as number })).toThrow(TypeError);
  });

  it("show(heap) shows one picture", () => {
    show(new FreeList(8192, 4));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain('width="324" height="324"');
  });
});

describe("outside of a kernel", () => {
  it("show and liveView say what to use instead", () => {
    const heap = new FreeList(64, 4);
    expect(() => show(heap)).toThrow(/Only a cell of a tslab notebook can show this; elsewhere use saveHtml/);
    expect(() => liveView(heap)).toThrow(Error);
  });
});
