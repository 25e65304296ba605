"""The road from a book to its graph, on one screen."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from litgraph import __version__
from litgraph.cast.meanings import with_entities
from litgraph.config import Settings, load_settings
from litgraph.facts.belief import usual_weights
from litgraph.facts.evidence import gather
from litgraph.facts.weighing import facts_of
from litgraph.graph import merge
from litgraph.mentions import Finder, choose_finder, find_mentions
from litgraph.pairs import candidate_pairs, meetings
from litgraph.progress import BuildProgress, Progress, Resume, Tell, in_step, silent, tell_nobody
from litgraph.reading.language import likely_language
from litgraph.reading.source import Source, open_source, parse_book
from litgraph.relations.choice import choose_labeller
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.labelling import label_pairs
from litgraph.runs import stages
from litgraph.runs.cast_stage import EditableCast
from litgraph.runs.checks import checked_book, checked_mentions, checked_voices
from litgraph.runs.folder import Keeper, RunFolder, Stage, nothing_kept, read_report, refuse_other_folders
from litgraph.runs.lock import locked
from litgraph.runs.quotation_changes import with_speakers_by_hand
from litgraph.runs.speech_stage import speech_stage
from litgraph.sentences import segment
from litgraph.speech.conversations import conversations
from litgraph.speech.marks import mark_style
from litgraph.types import Book, Entity
from litgraph.typography import plain_type

if TYPE_CHECKING:
    import networkx

Value = TypeVar("Value")


class Choice(NamedTuple):
    """What the settings name, found and fit to work here, but not loaded."""

    finder: Finder
    labeller: LabellerChoice


def choose(settings: Settings, *, progress: Progress = silent, tell: Tell = tell_nobody) -> Choice:
    """Who finds the mentions and who labels the pairs: what is missing is said before any work is done.

    Args:
        settings: of the run.
        progress: told of each answer of a language model.
        tell: is told where a language model runs, and what is fetched.

    Raises:
        ModelError: a model that the settings name is not there, or cannot work here.
    """
    return Choice(
        choose_finder(settings.mentions),
        choose_labeller(settings.labeller, settings.labeller_options, progress=progress, tell=tell),
    )


def kept_loaded(choice: Choice) -> Choice:
    """The same choice for many books: what finds their mentions is loaded for the first one, and stays."""
    return choice._replace(finder=replace(choice.finder, load=cache(choice.finder.load)))


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
    settings = settings or load_settings()
    chosen = choose(settings, progress=progress)
    return _road(_reading(open_source(source), None), settings, chosen, nothing_kept, None, progress).graph


def build_run(
    source: str | os.PathLike[str],
    folder: str | os.PathLike[str] | None = None,
    *,
    settings: Settings | None = None,
    chosen: Choice | None = None,
    progress: Progress = silent,
    tell: Tell = tell_nobody,
) -> RunResult:
    """Read a book and build its graph in a run folder; what the folder holds and still stands is not done again.

    Another process that is at work in the folder is waited for.

    Args:
        source: as for ``build_graph``.
        folder: the run folder; by default the book's name with ".litgraph", in the current folder.
        settings: as for ``build_graph``.
        chosen: what ``choose`` gave for the settings, if it was called before.
        progress: as for ``build_graph``.
        tell: is told at once what a person should know: where a language model runs, what is fetched, and that another
            process is waited for.

    Raises:
        RunFolderError: the folder holds something else, or another book.
        CastFileError: a person's edits of ``cast.toml`` contradict themselves.
        SourceError: as ``build_graph``.
        ModelError: as ``build_graph``.
    """
    settings = settings or load_settings()
    chosen = chosen or choose(settings, progress=progress, tell=tell)
    raw = open_source(source)
    path = Path(folder or f"{Path(raw.name).stem}.litgraph")
    refuse_other_folders(path)
    source_facts = {"name": raw.name, "sha256": hashlib.sha256(raw.data).hexdigest()}
    with locked(path, tell=tell):
        return _run(RunFolder(path), _reading(raw, path), source_facts, settings, chosen, progress)


def rebuild_run(folder: str | os.PathLike[str], *, progress: Progress = silent, tell: Tell = tell_nobody) -> RunResult:
    """Do again what depends on a person's edits in a run folder, from the book and with the settings that it holds.

    Args:
        folder: the run folder.
        progress: as for ``build_graph``.
        tell: as for ``build_run``.

    Raises:
        RunFolderError: the folder is no run folder, or its book was changed.
        CastFileError: a person's edits of ``cast.toml`` contradict themselves.
        ModelError: a model that the settings name is not installed.
    """
    report = read_report(Path(folder))
    held = report.get("settings", {})
    settings = Settings(**{name: value for name, value in held.items() if name in Settings.__dataclass_fields__})
    chosen = choose(settings, progress=progress, tell=tell)
    with locked(Path(folder), tell=tell):
        run = RunFolder(Path(folder))
        return _run(run, lambda _: run.kept(stages.BOOK), report.get("source", {}), settings, chosen, progress)


def _run(
    run: RunFolder,
    read: Callable[[Keeper], Book],
    source: Mapping[str, object],
    settings: Settings,
    chosen: Choice,
    progress: Progress,
) -> RunResult:
    book, graph, notices = _road(read, settings, chosen, run.keep, run.path, progress)
    about = {"title": book.title, "author": book.author, "identifier": book.identifier, "source": book.source}
    everything = (*book.notices, *run.notices, *notices, *doubts(book, graph, chosen.finder))
    run.finish(
        {
            "book": about,
            "notices": list(everything),
            "source": source,
            "settings": settings.as_dict(),
            "labeller": chosen.labeller.facts,
            "device": chosen.labeller.device,
        }
    )
    return RunResult(run.path, graph, run.report, everything)


def _reading(raw: Source, folder: Path | None) -> Callable[[Keeper], Book]:
    """The first stage: from a source to its book."""
    return lambda keep: keep(
        stages.BOOK, lambda _: checked_book(parse_book(raw), folder), depends_on=lambda: [raw.name, raw.data]
    )


def _watched(keep: Keeper, progress: Progress, words: Callable[[], int]) -> Keeper:
    """The keeper, telling of each stage if progress wants to know; ``words`` counts the book, as far as it is known."""
    if not isinstance(progress, BuildProgress):
        return keep
    watcher = progress

    def watched(
        stage: Stage[Value], compute: Callable[[Resume], Value], depends_on: Callable[[], Sequence[Any]]
    ) -> Value:
        def work(resume: Resume) -> Value:
            watcher.begin(stage.name, words())
            return compute(resume)

        value = keep(stage, work, depends_on)
        watcher.end(stage.name)
        return value

    return watched


class _End(NamedTuple):
    """Where the road ends: the book, its graph, and what a person's edits have to be told."""

    book: Book
    graph: networkx.MultiDiGraph
    notices: list[str]


def _road(
    read: Callable[[Keeper], Book],
    settings: Settings,
    chosen: Choice,
    keep: Keeper,
    folder: Path | None,
    progress: Progress,
) -> _End:
    """Each stage, what it is made from, and (``depends_on``) all that it depends on."""
    finder, labeller = chosen
    words = 0
    keep = _watched(keep, progress, lambda: words)
    book = read(keep)
    words = len(book.text.split())
    sentences = keep(stages.SENTENCES, lambda _: segment(book, progress=progress), depends_on=lambda: [book])
    noticed = keep(
        stages.MENTIONS,
        lambda resume: find_mentions(book, sentences, finder, resume=resume, progress=progress),
        depends_on=lambda: [book, sentences, finder.version],
    )
    found, voices = checked_mentions(noticed.mentions, book, sentences), checked_voices(noticed.voices, book)
    editable = EditableCast(folder, book, sentences, found, voices)
    cast = keep(editable.stage, editable.compute, depends_on=editable.depends_on)
    mentions = with_entities(found, cast)
    quotations = keep(
        speech_stage(book, mentions, cast),
        lambda _: with_speakers_by_hand(folder, editable.quotations(), editable.now),
        # Not on names: what a person calls somebody leaves the quotations, and corrections of them, as they are.
        depends_on=lambda: [voices, mentions, [(entity.id, entity.kind, entity.gender) for entity in cast.entities]],
    )
    plain = replace(book, text=plain_type(book.text))
    pairs = candidate_pairs(plain.text, sentences, mentions, window=settings.window)
    labelling = keep(
        stages.RELATIONS,
        lambda resume: label_pairs(
            in_step(pairs, lambda pair: pair.head.sentence, len(sentences), progress, "labelling pairs, by sentence"),
            labeller.load(plain.text, sentences),
            resume=resume,
        ),
        depends_on=lambda: [book, sentences, mentions, settings.window, labeller.version],
    )
    relations = labelling.relations
    facts = keep(
        stages.FACTS,
        lambda _: facts_of(
            gather(plain, sentences, mentions, cast, quotations, editable.kin(), relations, editable.said()),
            usual_weights(),
        ),
        depends_on=lambda: [
            book,
            voices,
            mentions,
            unnamed(cast.entities),
            quotations,
            relations,
            editable.said(),
        ],
    )
    merged = keep(
        stages.GRAPH,
        lambda _: merge(
            cast,
            facts,
            meetings(book, sentences, mentions, window=settings.co_occurrence_window),
            conversations(book, quotations),
            book=book,
            provenance={
                "litgraph": __version__,
                "settings": settings.as_dict(),
                "labeller": labeller.version,
                "models": labeller.facts,
            },
            minimum_confidence=settings.minimum_confidence,
        ),
        depends_on=lambda: [book, sentences, mentions, cast.entities, quotations, facts, settings],
    )
    return _End(book, merged.graph, editable.notices)


def unnamed(entities: Iterable[Entity]) -> list[Entity]:
    """The entities without what a person calls them here and elsewhere: nothing that the book says depends on it."""
    return [replace(entity, name="", same_as="") for entity in entities]


def doubts(book: Book, graph: networkx.MultiDiGraph, finder: Finder) -> Iterator[str]:
    """Why the graph is probably not what its user hoped for, a sentence each.

    Args:
        book: that it was made from.
        graph: with the language of the book.
        finder: who found the mentions.
    """
    language = graph.graph.get("language", "")
    likely = likely_language(book.text)
    for code, says in ((language, "is"), (likely, "seems to be")):
        if code and not finder.language.startswith((code, "xx")):
            yield (
                f'The language of this book {says} "{code}", which {finder.name} was not made for. '
                "Install a spaCy pipeline for it and name it with --mentions."
            )
            break
    if book.play is None and mark_style(book.text) == "none":
        yield (
            "No direct speech was found: the text has no quotation marks, and no paragraphs that begin with a dash. "
            "Who speaks to whom stays open. If people do speak in it, take an edition whose marks were not lost."
        )
    if not graph:
        yield "No names were found, so the graph is empty."
