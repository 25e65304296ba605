"""What tells one version of a book of a corpus from others, without reading it."""

from __future__ import annotations

from pathlib import Path

from litgraph.runs.loading import GRAPH_FILE


def graph_version(run: Path) -> str:
    """What changes whenever the graph of a run folder is written anew; "" if there is none."""
    try:
        status = (run / GRAPH_FILE).stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"
