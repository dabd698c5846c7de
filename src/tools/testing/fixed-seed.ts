import { configureGlobal } from "fast-check";

// Random properties draw the same values in each run, as all random tests do: a change is what makes a test fail.
// FREELIST_SEED draws others.
configureGlobal({ seed: Number(process.env.FREELIST_SEED ?? 20261126) });
