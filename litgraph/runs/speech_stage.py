"""What is said, by whom and to whom, in a run folder: written once, corrected by a person, checked when read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from litgraph.files import write_jsonl
from litgraph.runs import formats
from litgraph.runs.folder import Stage
from litgraph.runs.loading import QUOTATIONS_FILE, load_quotations
from litgraph.types import Book, Cast, Mention, Quotation


def speech_stage(book: Book, mentions: Iterable[Mention], cast: Cast) -> Stage[tuple[Quotation, ...]]:
    """How the quotations of a run are kept; those that a person corrected must agree with book, mentions and cast."""
    return Stage(
        "speech",
        (QUOTATIONS_FILE,),
        _save,
        lambda folder: load_quotations(folder, quotation_check(book, mentions, cast)),
        _count,
        correctable=True,
    )


def quotation_check(book: Book, mentions: Iterable[Mention], cast: Cast) -> Callable[[Quotation], None]:
    """What checks the quotations of one file, one after the other: it raises RowError for one that cannot be."""
    chapters = {chapter.number: chapter for chapter in book.chapters}
    entities = {entity.id for entity in cast.entities}
    cues = {mention.id for mention in mentions}
    seen: set[str] = set()

    def check(quotation: Quotation) -> None:
        chapter = chapters.get(quotation.chapter)
        if not 0 <= quotation.start < quotation.end <= len(book.text):
            wrong = f"from {quotation.start} to {quotation.end} there is no text"
        elif chapter is None:
            wrong = f"there is no chapter {quotation.chapter}"
        elif not (chapter.start <= quotation.start and quotation.end <= chapter.end):
            wrong = f"{quotation.start} to {quotation.end} is not in chapter {quotation.chapter}"
        elif quotation.id in seen:
            wrong = "it is there twice"
        elif quotation.speaker and quotation.speaker not in entities:
            wrong = f"its speaker {quotation.speaker!r} is not in the cast"
        elif unknown := [one for one in quotation.addressees if one not in entities]:
            wrong = f"its addressee {unknown[0]!r} is not in the cast"
        elif quotation.cue and quotation.cue not in cues:
            wrong = f"its cue {quotation.cue!r} is no mention of mentions.jsonl"
        else:
            seen.add(quotation.id)
            return
        raise formats.RowError(f"quotation {quotation.id!r} cannot be: {wrong}")

    return check


def _save(folder: Path, quotations: Sequence[Quotation]) -> None:
    write_jsonl(folder / QUOTATIONS_FILE, map(formats.quotation_to_row, quotations))


def _count(quotations: Sequence[Quotation]) -> dict[str, Any]:
    spoken = [quotation for quotation in quotations if quotation.speaker]
    return {
        "quotations": len(quotations),
        "with_speaker": len(spoken),
        "with_addressee": sum(bool(quotation.addressees) for quotation in quotations),
        "how": dict(sorted(Counter(quotation.how for quotation in spoken).items())),
    }
