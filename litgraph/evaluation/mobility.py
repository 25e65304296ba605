"""Is the character at the place? Pairs from Gutenberg novels (Soni, Sihra, Evans, Wilkens & Bamman, ACL 2023; MIT).

Each pair is a character and a place within a window of text: whether it is one at all (the tagger may have erred),
and if so, how the character stands to the place. Folder: ``<data>/mobility/<split>{,.labels}.tsv``.

The authors' BERT reaches, on their test pairs, a validity accuracy of .874, and on the valid ones a spatial accuracy of
.568 and macro-F1 of .453.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from litgraph.corpora.litbank import Split
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.evaluation.scores import Scores, share
from litgraph.literary.types import SPATIAL, Spatial

COLUMNS = ["ID", "book_id", "char_text", "place_text", "context_10", "context_50", "context_100"]
LABEL_COLUMNS = ["ID", "valid_relation", "spatial_relation", "temporal_span", "narrative_tense"]


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a pair.

    Attributes:
        tokens: the words, without marks.
        character, place: index of the first and last token of each, both inside. They may overlap ("his home").
    """

    tokens: tuple[str, ...]
    character: tuple[int, int]
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MobilityPair:
    """One annotated pair.

    Attributes:
        id: six letters.
        book: Gutenberg number.
        character, place: the two mentions as printed.
        near, middle, far: the pair in its context, about 10, 50 and 100 words a side.
        valid: whether it is a character and a place at all.
        spatial: None if it is invalid, and in a valid pair that was left without.
        temporal: "PUNCTUAL", "HABITUAL" or "".
        tense: "ONGOING", "ALREADY HAPPENED" or "".
    """

    id: str
    book: str
    character: str
    place: str
    near: Context
    middle: Context
    far: Context
    valid: bool
    spatial: Spatial | None
    temporal: str
    tense: str


@dataclass(frozen=True, slots=True)
class MobilityAnswer:
    """What a reader says of a pair. The relation is scored whether or not the reader thinks the pair valid."""

    valid: bool
    spatial: Spatial


@dataclass(frozen=True, slots=True)
class MobilityScores:
    """The figures of Soni et al. 2023.

    Attributes:
        pairs: how many pairs there are; validity is scored on all of them.
        valid_pairs: how many are valid and have a relation; only these count for the spatial figures.
        validity_accuracy: share of the pairs with the right validity.
        spatial_accuracy: share of the valid pairs with the right relation.
        spatial_macro_f1: mean of the F1 of the relations that were annotated or answered for a valid pair.
        by_relation: precision, recall and F1 of each of these.
    """

    pairs: int
    valid_pairs: int
    validity_accuracy: float
    spatial_accuracy: float
    spatial_macro_f1: float
    by_relation: dict[Spatial, Scores]


def mobility_scores(pairs: Collection[MobilityPair], answers: Mapping[str, MobilityAnswer]) -> MobilityScores:
    """Scores answers, by the ids of the pairs; a pair without answer is wrong in every figure."""
    validity = sum(pair.id in answers and answers[pair.id].valid == pair.valid for pair in pairs)
    related = [
        (pair.spatial, answers[pair.id].spatial if pair.id in answers else None)
        for pair in pairs
        if pair.spatial is not None
    ]
    by_relation = {
        relation: scores
        for relation in SPATIAL
        if (scores := _scores_of(relation, related)) and (scores.gold or scores.found)
    }
    return MobilityScores(
        pairs=len(pairs),
        valid_pairs=len(related),
        validity_accuracy=share(validity, len(pairs)),
        spatial_accuracy=share(sum(gold == answer for gold, answer in related), len(related)),
        spatial_macro_f1=share(sum(scores.f1 for scores in by_relation.values()), len(by_relation)),
        by_relation=by_relation,
    )


def majority_answer(train: Collection[MobilityPair]) -> MobilityAnswer:
    """The baseline: the most frequent validity and, among valid pairs, the most frequent relation.

    Raises:
        ValueError: no training pair has a relation.
    """
    relations = Counter(pair.spatial for pair in train if pair.spatial is not None)
    if not relations:
        raise ValueError("no training pair has a spatial relation")
    return MobilityAnswer(
        valid=2 * sum(pair.valid for pair in train) >= len(train),
        spatial=max(SPATIAL, key=lambda relation: relations[relation]),
    )


def read_mobility(data: Path, split: Split) -> list[MobilityPair]:
    """The pairs of one split, in file order.

    Args:
        data: the data folder, the one that holds ``mobility/``.
        split: "train", "dev" or "test", if it is there.

    Raises:
        SourceNotFound: there are no such files below ``data``.
        UnreadableSource: a line has not the columns that it should have, or a label is unknown.
    """
    folder = data / "mobility"
    labels = {row[0]: row[1:] for _, row in _rows(folder / f"{split}.labels.tsv", LABEL_COLUMNS)}
    pairs: list[MobilityPair] = []
    path = folder / f"{split}.tsv"
    for number, (identifier, book, character, place, *contexts) in _rows(path, COLUMNS):
        try:
            validity, spatial, temporal, tense = labels[identifier]
            near, middle, far = map(read_context, contexts)
            pairs.append(
                MobilityPair(
                    id=identifier,
                    book=book,
                    character=character,
                    place=place,
                    near=near,
                    middle=middle,
                    far=far,
                    valid={"VALID": True, "INVALID": False}[validity],
                    spatial=_spatial(spatial),
                    temporal=temporal,
                    tense=tense,
                )
            )
        except (KeyError, ValueError):
            raise _malformed(path, number) from None
    return pairs


def read_context(text: str) -> Context:
    """Takes the marks ``<char> … </char>`` and ``<place> … </place>`` out of a context; they may nest or cross.

    Raises:
        ValueError: a mark is missing, comes twice, or stands around nothing.
    """
    tokens: list[str] = []
    marks: dict[str, int] = {}
    for word in text.split():
        if word in ("<char>", "</char>", "<place>", "</place>"):
            if word in marks:
                raise ValueError(f"{word} comes twice")
            marks[word] = len(tokens)
        else:
            tokens.append(word)
    return Context(tuple(tokens), _marked(marks, "char"), _marked(marks, "place"))


def _marked(marks: Mapping[str, int], kind: str) -> tuple[int, int]:
    if not {f"<{kind}>", f"</{kind}>"} <= marks.keys() or marks[f"</{kind}>"] <= marks[f"<{kind}>"]:
        raise ValueError(f"no <{kind}> with words in it")
    return marks[f"<{kind}>"], marks[f"</{kind}>"] - 1


def _scores_of(relation: Spatial, related: list[tuple[Spatial, Spatial | None]]) -> Scores:
    return Scores(
        gold=sum(gold == relation for gold, _ in related),
        found=sum(answer == relation for _, answer in related),
        right=sum(gold == answer == relation for gold, answer in related),
    )


def _spatial(label: str) -> Spatial | None:
    if not label:
        return None
    if label not in SPATIAL:
        raise ValueError(f"unknown relation {label}")
    return label


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line numbers from 1 and fields, the header left out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise SourceNotFound(f"mobility file not found: {path}", "Name the folder that contains 'mobility'.") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path} is not UTF-8", "Get the authors' own file again.") from None
    for number, line in enumerate(lines, start=1):
        fields = [_unquoted(field) for field in line.rstrip("\r").split("\t")]
        if number == 1 and fields != columns:
            raise _malformed(path, number)
        if number > 1 and line.strip():
            if len(fields) != len(columns):
                raise _malformed(path, number)
            yield number, fields


def _unquoted(field: str) -> str:
    """Fields with a quotation mark are quoted as in CSV, except a few that lost their outer marks.

    A CSV reader would run such a field into the next.
    """
    quoted = len(field) > 1 and field[0] == field[-1] == '"'
    return (field[1:-1] if quoted else field).replace('""', '"')


def _malformed(path: Path, number: int) -> UnreadableSource:
    return UnreadableSource(f"{path}, line {number}: not as published", "Get the authors' own file again.")
