import { type AssignmentKey, askedOf } from "./assignment-key";

/** What marks a notebook as an assignment's, in its metadata. */
export interface NotebookMark {
  readonly assignment: string;
  readonly student: string;
}

/** The notebook that a student gets: every question, and a cell to answer it in. As JSON, without an answer and without the seed. */
export function handout(key: AssignmentKey, student: string): string {
  const asked = key.questions.map((question) => ({ question, task: askedOf(key, student, question) }));
  const codes = asked.filter(({ task }) => task.answer === null).length > 0;
  const cells = [
    markdown(
      `# ${plainMarkdown(key.title)}\n\n${student === "" ? "" : `${plainMarkdown(student)}\n\n`}Answer each question in the cell below it: put your answer in the place of \`undefined\`, and run the cell. The last answer to a question counts. What is right is told when the notebook is graded.${codes ? " Where you are to write code, the names may be yours." : ""}`,
    ),
    code(`import { answer${codes ? ", findBug" : ""} } from "freelist-lab";`),
    ...asked.flatMap(({ question: { name, points }, task: { title, text, cells } }) => [
      markdown(
        `## ${name}. ${title} (${points === 1 ? "1 point" : `${points} points`})\n\n${asBlocks(text)}`,
      ),
      ...cells(name).map(code),
    ]),
  ];
  const mark: NotebookMark = { assignment: key.id, student };
  const notebook = {
    cells: cells.map((cell, i) => ({ id: `cell-${i + 1}`, ...cell })),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: {
        file_extension: ".ts",
        mimetype: "text/typescript",
        name: "typescript",
        version: "3.7.2",
      },
      "freelist-lab": mark,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

const lines = (text: string) => text.split(/(?<=\n)/);
const markdown = (text: string) => ({ cell_type: "markdown", metadata: {}, source: lines(text) });
const code = (text: string) => ({
  cell_type: "code",
  execution_count: null,
  metadata: {},
  outputs: [],
  source: lines(text),
});

/** A text in which nothing is markup. */
function plainMarkdown(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~&$]/g, "\\$&");
  return line.replace(/^(\s*\d*)([-+.)])/, "$1\\$2");
}

/** Paragraphs as they are; the tables of a heap, which are several lines, as code below the sentences before them. */
function asBlocks(text: string): string {
  return text
    .split("\n\n")
    .flatMap((part) => {
      const rows = part.split("\n");
      const tables = rows.findIndex((row) => / {2}/.test(row));
      if (tables < 0) return [plainMarkdown(part)];
      const before = rows.slice(0, tables).map(plainMarkdown);
      return [...before, `\`\`\`text\n${rows.slice(tables).join("\n")}\n\`\`\``];
    })
    .join("\n\n");
}

/** The letters and digits of a text in lower case, and "-" for what lies between them. */
export function plainName(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** File names for students, all different on every system: "ada-lovelace.ipynb". */
export function handoutNames(students: readonly string[]): string[] {
  const taken = new Set<string>();
  return students.map((student) => {
    const base = plainName(student).slice(0, 60) || (student === "" ? "assignment" : "student");
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    return `${name}.ipynb`;
  });
}
