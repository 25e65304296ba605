"""The page in a notebook."""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import TYPE_CHECKING

from litgraph.attributes import plain_graph
from litgraph.errors import RunFolderError, SettingsError
from litgraph.pages.making import page_of, page_of_run
from litgraph.progress import tell_nobody

if TYPE_CHECKING:
    import networkx


class Shown:
    """A page that a notebook shows when it is the value of a cell.

    Attributes:
        page: the page, HTML.
        height: in pixels.
    """

    def __init__(self, page: str, height: int) -> None:
        self.page = page
        self.height = height

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which may run its script and save files, but not reach the notebook."""
        return (
            f'<iframe title="litgraph" sandbox="allow-scripts allow-downloads" width="100%" height="{self.height}" '
            f'style="border:1px solid #ccc" srcdoc="{html.escape(self.page)}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<page of {len(self.page):,} characters; a notebook shows it>"


def show(run: str | os.PathLike[str] | networkx.Graph, *, height: int = 700) -> Shown:
    """Show a graph in a notebook: the page that ``litgraph export RUN page.html`` writes, in a frame.

    Nothing is fetched and no server runs, so it is there in an exported notebook, too.

    Args:
        run: a run folder, shown with its text; or a graph, shown with the sentences that prove it.
        height: of the frame, in pixels.

    Raises:
        RunFolderError: the path is no run folder, or a file of it is damaged.
        SettingsError: the height is not above 0.
        ExportError: two nodes of the graph have ids that are the same as text.
    """
    if height <= 0:
        raise SettingsError(f"A height of {height} pixels is not possible.", "Choose one above 0, such as 700.")
    if not isinstance(run, (str, os.PathLike)):
        return Shown(page_of(plain_graph(run, tell_nobody)), height)  # what is left out, the page does not show anyhow
    folder = Path(run)
    if not folder.is_dir():
        raise RunFolderError(f"{folder} is not a run folder.", "Make one with: litgraph build BOOK -o FOLDER")
    return Shown(page_of_run(folder), height)
