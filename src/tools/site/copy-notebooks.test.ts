import { expect, test } from "vitest";
import { withWholeTexts } from "./copy-notebooks";

test("withWholeTexts puts the lines of each text of an output together, and leaves the rest as it is", () => {
  const notebook = (data: object) => ({
    cells: [
      { cell_type: "markdown", source: ["a\n", "b"] },
      { cell_type: "code", outputs: [{ output_type: "stream", text: ["a\n", "b"] }, { data }], source: [] },
    ],
    nbformat: 4,
  });
  const data = { "text/html": [" \n", "<p>"], "text/plain": "one", "application/json": [1, "2"] };
  expect(JSON.parse(withWholeTexts(JSON.stringify(notebook(data))))).toEqual(
    notebook({ ...data, "text/html": " \n<p>" }),
  );
});
