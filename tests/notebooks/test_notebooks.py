"""Every notebook of the folder runs from top to bottom, without any data set, and is committed without outputs."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PRIVATE = re.compile(r"(?<![\w.:~/}-])/(?:root|home|work|Users|opt|tmp)/\w|[A-Z]:\\\\+(?:Users|Temp)")
PICTURES = {"image/png", "image/svg+xml"}
UNSET = ("CYBERCOERCION_DATA", "MPLBACKEND")
SECONDS = 600  # of one cell, when a machine is slow

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """Return a notebook in the newest form of the format."""
    return nbformat.read(path, as_version=4)


def code(notebook: Any) -> list[Any]:
    """Return the cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def executed() -> dict[Path, Any]:
    """Return the notebooks that ran already, to be filled by the tests."""
    return {}


def run(path: Path, executed: dict[Path, Any]) -> Any:
    """Run a notebook in a fresh kernel of this very interpreter, once, with no data set at hand."""
    if path not in executed:
        notebook = read(path)
        client = NotebookClient(
            notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        )
        # Streamlit, if a test of the app ran in this process, has said that figures are drawn for nobody
        environment = {key: value for key, value in os.environ.items() if key not in UNSET}
        client.execute(env=environment)
        executed[path] = notebook
    return executed[path]


def test_the_six_notebooks_are_there() -> None:
    """The folder holds the notebooks on priors, one case, a refit, checks, what changes our mind, and the app."""
    named = {
        "01-read-the-priors",
        "02-one-case-end-to-end",
        "03-refit",
        "04-check-the-model",
        "05-what-would-change-our-mind",
        "06-what-the-app-shows",
    }
    assert named <= {path.stem for path in NOTEBOOKS}


def test_the_kernel_is_this_interpreter(tmp_path: Path) -> None:
    """The kernel called python3 runs in the environment of the tests, so that it sees the package as it stands here."""
    cell = nbformat.v4.new_code_cell("import sys\nprint(sys.prefix)")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources=resources).execute()
    assert notebook.cells[0].outputs[0].text.strip() == sys.prefix  # executables of environments are links to one


@each
def test_a_notebook_runs_from_top_to_bottom(path: Path, executed: dict[Path, Any]) -> None:
    """Every cell runs, and none says anything on the error stream: a warning would stand there."""
    said = [
        output.text
        for cell in code(run(path, executed))
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert said == []


@each
def test_a_notebook_shows_figures(path: Path, executed: dict[Path, Any]) -> None:
    """A notebook draws at least three figures, begins with text, and has text for every other cell of code."""
    pictures = [
        output
        for cell in code(run(path, executed))
        for output in cell.outputs
        if PICTURES & set(output.get("data", {}))
    ]
    assert len(pictures) >= 3
    kinds = [cell.cell_type for cell in executed[path].cells]
    assert kinds[0] == "markdown"
    assert kinds.count("markdown") >= kinds.count("code") / 2


@each
def test_a_committed_notebook_carries_no_outputs(path: Path) -> None:
    """No outputs, no counts of execution, no state of widgets: what is committed is what was written."""
    notebook = read(path)
    assert [cell.id for cell in code(notebook) if cell.outputs or cell.execution_count is not None] == []
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}


@each
def test_a_committed_notebook_names_no_machine(path: Path) -> None:
    """No cell names a path of a machine."""
    assert PRIVATE.findall(path.read_text(encoding="utf-8")) == []


@each
def test_a_notebook_defines_no_functions(path: Path) -> None:
    """What a notebook uses twice lives in the package, where it is tested."""
    trees = [ast.parse(cell.source) for cell in code(read(path))]
    assert [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] == []


def test_the_list_of_notebooks_is_complete() -> None:
    """The README of the folder names each notebook."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in NOTEBOOKS if path.name not in text] == []


def test_what_the_app_shows_is_had_without_the_app() -> None:
    """No cell imports Streamlit or anything of the app."""
    trees = [ast.parse(cell.source) for path in NOTEBOOKS for cell in code(read(path))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    named += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    assert [name for name in named if name.startswith(("streamlit", "cybercoercion.app"))] == []
