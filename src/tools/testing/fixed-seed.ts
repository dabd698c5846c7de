import { configureGlobal } from "fast-check";

configureGlobal({
  // Random properties draw the same values in each run, as all random tests do: a change is what makes a test fail.
  // FREELIST_SEED draws others.
  seed: Number(process.env.FREELIST_SEED ?? 20261126),
  // Where Stryker changes the sources, that a test fails is enough: nobody asks for the smallest case.
  endOnFailure: process.env.STRYKER_MUTATOR_WORKER !== undefined,
});
