"""Who answers labelled examples: any labeller of ``litgraph build``, a constant, or answers kept in a file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from litgraph.errors import DatasetError
from litgraph.examples import written
from litgraph.examples.chats import asking, chat_of
from litgraph.examples.files import read_rows
from litgraph.examples.record import Record
from litgraph.files import write_jsonl
from litgraph.ontology import RELATIONS
from litgraph.progress import Progress, silent
from litgraph.relations.asking.answers import clean, scoring_form
from litgraph.relations.asking.cache import LabelCache
from litgraph.relations.asking.labeller import Asker, ChatAsker, Request, answers_to
from litgraph.relations.asking.prompts import Question
from litgraph.relations.labeller import LabellerChoice

REVERSED = "reversed "
"""Before a relation that a labeller finds from the second entity to the first, and that has no name the other way."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a system answered.

    Attributes:
        texts: one a record, as it is scored.
        probabilities: how sure it was, one a record; None where it does not say.
        seconds: of the answering alone; 0 if nothing was asked.
        questions: how many records were asked about in that time, the others being known from before.
    """

    texts: tuple[str, ...]
    probabilities: tuple[float | None, ...]
    seconds: float = 0.0
    questions: int = 0


def constant(label: str, records: Sequence[Record]) -> Answers:
    """The same answer to everything."""
    return Answers((label,) * len(records), (None,) * len(records))


def kept(path: Path, records: Sequence[Record]) -> Answers:
    """The answers that :func:`keep` wrote for the same records.

    Raises:
        DatasetError: the file is not there, or is about other records.
    """
    rows = list(read_rows(path))
    if len(rows) != len(records) or any(
        scoring_form(row.get("relation")) != scoring_form(record.relation) or row.get("prompt") != record.prompt
        for row, record in zip(rows, records, strict=False)
    ):
        raise DatasetError(
            f"{path} holds answers to other examples ({len(rows):,} rows, {len(records):,} wanted).",
            "Compare answers to the same data, split and --rows.",
        )
    if not all(isinstance(row.get("answer"), str) for row in rows):
        raise DatasetError(f"{path} has a row without an answer.", "Make it with --save.")
    chances = [row.get("probability") for row in rows]
    sure = tuple(float(chance) if isinstance(chance, int | float) else None for chance in chances)
    return Answers(tuple(row["answer"] for row in rows), sure)


def keep(path: Path, records: Sequence[Record], answers: Answers) -> None:
    """Write the records with the answers to them, one JSON object a line."""
    write_jsonl(
        path,
        (
            {
                "prompt": record.prompt,
                "relation": record.relation,
                "dataset": record.dataset,
                "answer": text,
                "probability": sure,
            }
            for record, text, sure in zip(records, answers.texts, answers.probabilities, strict=True)
        ),
    )


def answered(
    labeller: LabellerChoice,
    records: Sequence[Record],
    *,
    style: str = "card",
    typed: bool = False,
    cache: LabelCache | None = None,
    swapped: bool = False,
    progress: Progress = silent,
) -> Answers:
    """What a labeller answers.

    Args:
        labeller: a choice of ``litgraph build``.
        records: what is asked.
        style: how a language model is asked; in "training" and "paper" the prompts keep their own words.
        typed: print the type of each entity into prompts that do not keep their words.
        cache: answers that are known; None: none are.
        swapped: ask about the second entity's relation to the first. The style must have words of its own for that.
        progress: told of each answer.

    Raises:
        ModelError: the labeller's model is not there.
        DatasetError: a record does not tell what it asks about, and the labeller needs to know.
    """
    if labeller.asker is None:
        return _labelled(labeller, records, swapped, progress)
    asker = labeller.asker()
    requests = _requests(asker, records, style, typed, swapped)
    cache = cache or LabelCache()
    known = cache.known(asker.name, [one.prompt for one in requests])
    begun = time.perf_counter()
    found = answers_to(asker, requests, cache, progress=progress)
    seconds = time.perf_counter() - begun
    new = len({one.prompt for one in requests} - known.keys())
    answers = [found[one.prompt] for one in requests]
    return Answers(
        tuple(clean(answer.text) for answer in answers),
        tuple(answer.probability for answer in answers),
        seconds if new else 0.0,
        new,
    )


def _requests(asker: Asker, records: Sequence[Record], style: str, typed: bool, swapped: bool) -> list[Request]:
    if not isinstance(asker, ChatAsker):
        return asker.prompts([_question(record, swapped) for record in records])
    # Each data set has its own labels, which one of the styles tells
    styles = {
        name: asking(style, tuple({records[place].relation for place in places}), typed=typed)
        for name, places in by_dataset(records)
    }
    if swapped:
        records = [_turned(record) for record in records]
    return asker.chats([chat_of(record, styles[record.dataset]) for record in records])


def _turned(record: Record) -> Record:
    """The same question about the two entities in the other order."""
    question, prompt = _question(record, True), written.swapped(record.prompt)
    if prompt is None:
        raise DatasetError(
            f"Where the entities stand cannot be told in this prompt: {record.prompt[:80]!r}.",
            "Ask in another style, such as --prompt-style card.",
        )
    return Record(prompt, record.relation, record.dataset, question)


def _question(record: Record, swapped: bool) -> Question:
    if record.question is None:
        raise DatasetError(
            f"What this prompt asks about cannot be told from its wording: {record.prompt[:80]!r}.",
            "Take a language model, which can be asked in the prompt's own words (--prompt-style paper).",
        )
    question = record.question
    if not swapped:
        return question
    return Question(question.text, question.other, question.one, question.other_type, question.one_type)


def _labelled(labeller: LabellerChoice, records: Sequence[Record], swapped: bool, progress: Progress) -> Answers:
    """What a labeller of pairs says: the records as a book of one chapter each."""
    from litgraph.evaluation.labels.record_book import book_of

    book = book_of([_question(record, swapped) for record in records])
    begun = time.perf_counter()
    pairs = [pair for pair in book.pairs if pair is not None]
    labels = iter(labeller.load(book.text, book.sentences).label(progress(pairs, "labelling examples", len(pairs))))
    answers: list[tuple[str, float | None]] = []
    for pair in book.pairs:
        relation = next(labels) if pair is not None else None
        if relation is None:
            answers.append(("none", None))
        elif not relation.relation:
            answers.append((relation.raw, relation.confidence))
        else:
            answers.append((_directed(relation.relation, relation.head == book.one), relation.confidence))
    seconds = time.perf_counter() - begun
    texts, chances = zip(*answers, strict=True) if answers else ((), ())
    return Answers(texts, chances, seconds, len(pairs))


def _directed(relation: str, forward: bool) -> str:
    kind = RELATIONS[relation]
    if forward or kind.symmetric:
        return relation
    return kind.inverse or f"{REVERSED}{relation}"


def by_dataset(records: Sequence[Record]) -> Iterator[tuple[str, list[int]]]:
    """The data sets by name, each with the places of its records."""
    places: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        places.setdefault(record.dataset, []).append(index)
    yield from sorted(places.items())
