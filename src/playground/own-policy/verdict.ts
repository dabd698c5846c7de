import { capital, counted, readable } from "../../base/readable";
import { playgroundCallText } from "../calls";
import { faultText, type PolicyFault } from "./policy-fault";
import type { PolicyRequests } from "./policy-requests";
import type { RacedFits, Racer } from "./race";

/** A fault in one line, with the operation in words. */
export function faultLine(fault: PolicyFault, { calls }: PolicyRequests): string {
  const call = fault.step === null ? undefined : calls[fault.step - 1];
  return faultText(fault, call && playgroundCallText(call));
}

/**
 * How a policy without a fault did, in a line.
 * @param declined the operations at which it chose no hole although one was large enough
 */
export function verdictText(own: Racer, others: RacedFits, declined: readonly number[]): string {
  const { granted, denied } = own.figures;
  const all = counted(granted + denied, "request");
  const what = denied === 0 ? `Serves all of ${all}.` : `Serves ${readable(granted)} of ${all}.`;
  return [what, comparison(own, others), declinedText(declined)].filter((text) => text !== "").join(" ");
}

function comparison({ figures }: Racer, others: RacedFits): string {
  const denials = Object.entries(others).map(([fit, racer]) => ({ fit, denied: racer.figures.denied }));
  if (denials.length === 0) return "";
  const fewest = Math.min(...denials.map(({ denied }) => denied));
  const fits = denials.filter(({ denied }) => denied === fewest).map(({ fit }) => fit);
  const names = fits.length === denials.length ? "every other fit" : `${fits.join(" and ")} fit`;
  if (figures.denied < fewest)
    return `That is ${readable(fewest - figures.denied)} more than ${names}${fits.length === denials.length ? "" : ", the best of the others"}.`;
  if (figures.denied === fewest) return figures.denied === 0 ? "" : `As many as ${names}.`;
  return `${capital(names)} ${fits.length > 1 && fits.length < denials.length ? "serve" : "serves"} ${readable(figures.denied - fewest)} more.`;
}

function declinedText(declined: readonly number[]): string {
  const [first] = declined;
  if (first === undefined) return "";
  const where =
    declined.length === 1 ? `operation ${first}` : `${counted(declined.length, "operation")}, first ${first}`;
  return `It chose no hole although one was large enough: ${where}.`;
}
