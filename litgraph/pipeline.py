"""The road from a book to its graph, on one screen."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from litgraph import __version__
from litgraph.config import Settings, load_settings
from litgraph.graph import merge
from litgraph.mentions import find_mentions, finder_version
from litgraph.pairs import candidate_pairs, co_occurrences
from litgraph.progress import Progress, silent
from litgraph.reading.source import Source, open_source, parse_book
from litgraph.relations.labelling import label_pairs, labeller_device, labeller_facts, labeller_version, load_labeller
from litgraph.runs import stages
from litgraph.runs.cast_stage import EditableCast
from litgraph.runs.folder import Keeper, RunFolder, nothing_kept
from litgraph.segment import segment
from litgraph.types import Book

if TYPE_CHECKING:
    import networkx


class RunResult(NamedTuple):
    """What a run leaves: its folder, the graph, the report, and what its user should be told."""

    folder: Path
    graph: networkx.MultiDiGraph
    report: Mapping[str, Any]
    notices: tuple[str, ...]


def build_graph(
    source: str | os.PathLike[str], *, settings: Settings | None = None, progress: Progress = silent
) -> networkx.MultiDiGraph:
    """Read a book and build its graph, in memory.

    >>> graph = build_graph("pg11")
    >>> graph.nodes["alice"]["mentions"] > 300
    True

    Args:
        source: a file, "-" for standard input, or a Project Gutenberg number such as "pg11".
        settings: what to use for each stage; by default from ``litgraph.toml`` and the environment.
        progress: told how far each long stage has come.

    Returns:
        The graph as ``litgraph.graph`` describes it.

    Raises:
        SourceError: the book cannot be found or read.
        ModelError: a model that the settings name is not installed.
    """
    _, graph, _ = _road(open_source(source), settings or load_settings(), nothing_kept, None, progress, lambda _: None)
    return graph


def build_run(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    *,
    settings: Settings | None = None,
    progress: Progress = silent,
    tell: Callable[[str], None] = lambda _: None,
) -> RunResult:
    """Read a book and build its graph in a run folder; what the folder holds and still stands is not done again.

    Args:
        source: as for ``build_graph``.
        folder: the run folder; by default the book's name with ".litgraph", in the current folder.
        settings: as for ``build_graph``.
        progress: as for ``build_graph``.
        tell: is told at once what a person should know: where a language model runs, and what is fetched.

    Raises:
        RunFolderError: the folder holds something else, or another book.
        CastFileError: a person's edits of ``cast.toml`` contradict themselves.
        SourceError: as ``build_graph``.
        ModelError: as ``build_graph``.
    """
    settings = settings or load_settings()
    finder_version(settings.mentions)  # what is missing is said before any work is done
    labeller_version(settings, tell=tell)
    raw = open_source(source)
    run = RunFolder(Path(folder or f"{Path(raw.name).stem}.litgraph"))
    book, graph, notices = _road(raw, settings, run.keep, run.path, progress, tell)
    about = {"title": book.title, "author": book.author, "identifier": book.identifier, "source": book.source}
    run.finish(
        {
            "book": about,
            "settings": settings.as_dict(),
            "labeller": labeller_facts(settings),
            "device": labeller_device(settings),
        }
    )
    return RunResult(run.path, graph, run.report, (*book.notices, *run.notices, *notices))


def _road(
    raw: Source,
    settings: Settings,
    keep: Keeper,
    folder: Path | None,
    progress: Progress,
    tell: Callable[[str], None],
) -> tuple[Book, networkx.MultiDiGraph, list[str]]:
    """Each stage, what it is made from, and (``on``) all that it depends on."""
    book = keep(stages.BOOK, lambda _: stages.same_book(parse_book(raw), folder), on=lambda: [raw.name, raw.data])
    sentences = keep(stages.SENTENCES, lambda _: segment(book, progress=progress), on=lambda: [book])
    found = keep(
        stages.MENTIONS,
        lambda units: find_mentions(book, sentences, settings.mentions, units=units, progress=progress),
        on=lambda: [book, sentences, finder_version(settings.mentions)],
    )
    found = stages.located(found, book, sentences)
    editable = EditableCast(folder, book, sentences, found)
    cast = keep(editable.stage, editable.compute, on=editable.depends_on)
    mentions = stages.resolved(found, cast)
    labeller = labeller_version(settings)
    pairs = stages.Counted(candidate_pairs(book.text, sentences, mentions, window=settings.window))
    outcomes: Counter[str] = Counter()
    relations = keep(
        stages.relations_stage(pairs, outcomes),
        lambda units: label_pairs(
            progress(pairs, "labelling pairs"),
            load_labeller(settings, book.text, sentences, progress=progress, tell=tell),
            units,
            outcomes,
        ),
        on=lambda: [book, sentences, mentions, settings.window, labeller],
    )
    merged = keep(
        stages.GRAPH,
        lambda _: merge(
            cast,
            relations,
            co_occurrences(sentences, mentions, window=settings.co_occurrence_window),
            book=book,
            provenance={
                "litgraph": __version__,
                "settings": settings.as_dict(),
                "labeller": labeller,
                "models": labeller_facts(settings),
            },
            minimum_confidence=settings.minimum_confidence,
        ),
        on=lambda: [book, sentences, mentions, cast.entities, relations, settings],
    )
    return book, merged.graph, editable.notices
