"""Executes a notebook top to bottom with its own kernel, in its own folder.

    python execute.py NOTEBOOK

prints the executed notebook, in which every cell says how it is shown as a slide. Exits with 1 when a cell fails, after printing the cell and what it printed to stderr. tslab announces a failing cell only by the status of its answer
(its message goes to stderr, there is no error output), and nbclient heeds that status.
"""

import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def printed(cell):
    """What a cell wrote to stdout and stderr."""
    return "".join(output.text for output in cell.get("outputs", []) if output.output_type == "stream")


def slide_type(index, cell):
    """How a cell is shown by `nbconvert --to slides`: a text is a slide, and the code that answers it comes at a key's press."""
    if cell.cell_type == "code":
        return "fragment"
    return "slide" if index == 0 or cell.source.startswith(("# ", "## ")) else "subslide"


def main(source):
    notebook = nbformat.read(source, as_version=4)
    folder = str(pathlib.Path(source).resolve().parent)
    running = []
    client = NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": folder}},
        on_cell_execute=lambda cell, cell_index: running.append((cell_index, cell)),
    )
    try:
        try:
            client.execute()
        except RuntimeError as error:
            # Jupyter chooses a kernel's ports before it starts it, and another process can be quicker to take one.
            if running:
                raise
            print(f"{source}: the kernel did not come up ({error}); once more", file=sys.stderr)
            client.execute()
    except (CellExecutionError, TimeoutError) as error:
        index, cell = running[-1]
        kind = "took longer than ten minutes" if isinstance(error, TimeoutError) else "failed"
        print(f"{source}: cell {index + 1} {kind}\n\n{cell.source}\n\n{printed(cell)}", file=sys.stderr)
        sys.exit(1)
    for index, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell.metadata.setdefault("slideshow", {"slide_type": slide_type(index, cell)})
    sys.stdout.reconfigure(encoding="utf-8")
    print(nbformat.writes(notebook))


main(*sys.argv[1:])
