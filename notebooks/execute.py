"""Run the notebooks of this folder and keep their outputs, after a change that moves what they show.

python notebooks/execute.py [NOTEBOOK ...]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

import litgraph

FOLDER = Path(__file__).parent
SECONDS = 120
"""A cell is stopped then: it takes less than 30 once the book is read, but the machine may have other work."""


def execute(notebook: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a folder; the file stays as it is.

    Returns:
        the notebook with its outputs, without what differs from run to run.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails; CellTimeoutError: one takes too long.
    """
    content = nbformat.read(notebook, as_version=4)
    NotebookClient(
        content,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    content.metadata["language_info"] = {"name": "python"}
    return content


if __name__ == "__main__":
    chosen = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        litgraph.build_run("pg11", Path(folder) / "alice")  # once for all of them
        shutil.copytree(FOLDER / "graphs", Path(folder) / "graphs")
        for notebook in chosen:
            nbformat.write(execute(notebook, Path(folder)), notebook)
            print(notebook.name)
