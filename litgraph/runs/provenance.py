"""What a run was made with: versions of packages, and how much memory it took."""

from __future__ import annotations

import platform
import sys
from functools import cache
from importlib import metadata

_REPORTED_PACKAGES = ("bitsandbytes", "litgraph-kg", "networkx", "peft", "spacy", "torch", "transformers")


@cache
def own_version() -> str:
    """litgraph's own version."""
    return metadata.version("litgraph-kg")


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide what comes out."""
    return dict(_versions())


@cache
def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": platform.platform(aliased=True)}
    for package in _REPORTED_PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def peak_memory_mb() -> float | None:
    """The most memory that this process has held, in MB; None where the system does not say (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1e6 if sys.platform == "darwin" else 1e3), 1)
