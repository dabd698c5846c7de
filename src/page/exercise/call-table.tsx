import type { HuntStep } from "../../exercise/bugs/bug-hunt";
import { callText } from "../../exercise/call";
import { Table } from "../base/table";

/** The calls that were made, and what each answered. */
export function CallTable({ steps }: { readonly steps: readonly HuntStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Table
      caption="The calls so far"
      head={["call", "this allocator", "a right one", "difference"]}
      rows={steps.map(({ call, answers, fault }, i) => [
        <code key="call">{`${i + 1}. ${callText(call)}`}</code>,
        answers.wrong,
        answers.right,
        fault === null ? "" : answers.wrong === answers.right ? "in what it has" : "in the answer",
      ])}
    />
  );
}
