import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { seededRandom } from "../random/seeded-random";
import {
  originalParameters,
  originalRun,
  type PlayedStep,
  playAsIntended,
  playAsPublished,
} from "./original-run";

interface Published {
  readonly requests: readonly number[];
  readonly keyOrder: readonly number[];
  readonly steps: readonly { op: string; argument: number; result: number | null | boolean }[];
  readonly frameSha256: readonly string[];
  readonly finalList: string;
  readonly finalFrameRuns: readonly (readonly [number, number])[];
}

const published: Published = JSON.parse(readFileSync(join(__dirname, "fixtures/original-run.json"), "utf8"));
const publishedHeap = () => new OriginalHeap(8192, 4);
const digits = (heap: Heap) => heap.asMatrix().flat().join("");

describe("originalRun", () => {
  it("draws the published requests, keys and steps", () => {
    const run = originalRun();
    expect(run.requests).toEqual(published.requests);
    expect(run.keys).toEqual(published.keyOrder);
    const steps = published.steps.map(({ op, argument }) => ({ kind: op, request: argument }));
    expect(run.steps).toEqual(steps);
    expect(run.parameters).toEqual(originalParameters);
  });

  it("draws a quarter as many requests as steps, unless told otherwise", () => {
    expect(originalRun({ steps: 41 }).requests.length).toBe(10);
    expect(originalRun({ steps: 41, requests: 3 }).requests.length).toBe(3);
    expect(originalRun({ steps: 0 })).toMatchObject({ requests: [], keys: [], steps: [] });
  });

  it("keeps requests within its bounds, with any source of random numbers", () => {
    const run = originalRun({
      seed: seededRandom("bounds"),
      steps: 400,
      minRequest: 2,
      maxRequest: 5,
      pageSize: 8,
    });
    expect([...run.keys].sort((a, b) => a - b)).toEqual([16, 24, 32]);
    expect(new Set(run.steps.map((step) => step.request))).toEqual(new Set(run.keys));
    const mallocs = run.steps.filter((step) => step.kind === "malloc").length;
    expect(mallocs / 400).toBeCloseTo(0.3, 1);
  });

  it("refuses parameters that it cannot draw with", () => {
    expect(() => originalRun({ steps: 3 })).toThrow(RangeError); // a quarter of 3 is no request
    expect(() => originalRun({ steps: -1 })).toThrow("steps");
    expect(() => originalRun({ mallocProbability: 1.5 })).toThrow("p is from 0 to 1, not 1.5");
    expect(() => originalRun({ minRequest: 9, maxRequest: 9 })).toThrow(RangeError);
    expect(() => originalRun({ seed: Number.NaN })).toThrow(RangeError);
  });
});

describe("playAsPublished", () => {
  it("gives the 100 published results, frame by frame", () => {
    const heap = publishedHeap();
    const frames: string[] = [];
    const results: unknown[] = [];
    for (const { kind, argument, result } of playAsPublished(originalRun(), heap)) {
      results.push({ op: kind, argument, result });
      frames.push(createHash("sha256").update(digits(heap)).digest("hex"));
    }
    expect(results).toEqual(published.steps);
    expect(frames).toEqual(published.frameSha256);
  });

  it("ends with the published list and the published picture, cell for cell", () => {
    const heap = publishedHeap();
    for (const _ of playAsPublished(originalRun(), heap));
    expect(String(heap)).toBe(published.finalList);
    const picture = published.finalFrameRuns.map(([cell, length]) => String(cell).repeat(length)).join("");
    expect(digits(heap)).toBe(picture);
    expect(picture.length).toBe(46 * 46);
  });
});

describe("playAsIntended", () => {
  it("allocates 11 times, frees 5 blocks and is denied 21 requests, where the published run frees 2", () => {
    const count = (steps: Iterable<PlayedStep>) => {
      const all = [...steps];
      const mallocs = all.filter((step) => step.kind === "malloc");
      const denied = mallocs.filter((step) => step.result === null).length;
      return {
        allocated: mallocs.length - denied,
        denied,
        freed: all.filter((step) => step.result === true).length,
      };
    };
    const run = originalRun();
    const intended = count(playAsIntended(run, new FreeList(8192, 4)));
    expect(intended).toEqual({ allocated: 11, denied: 21, freed: 5 });
    const asIs = count(playAsPublished(run, publishedHeap()));
    expect(asIs).toEqual({ allocated: 7, denied: 25, freed: 2 });
  });

  it("frees the address kept for the key, once, and keeps it when a request is denied", () => {
    const addresses = new Map<number, number>();
    for (const step of playAsIntended(originalRun({ seed: 1 }), new FreeList(8192, 4))) {
      const kept = addresses.get(step.request) ?? null;
      if (step.kind === "malloc") {
        expect(step.argument).toBe(step.request);
        if (step.result !== null) addresses.set(step.request, step.result as number);
      } else {
        expect(step.argument).toBe(kept);
        expect(step.result).toBe(kept !== null);
        addresses.delete(step.request);
      }
    }
  });
});
