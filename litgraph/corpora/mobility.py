"""Is the character at the place? Pairs from Gutenberg novels (Soni, Sihra, Evans, Wilkens & Bamman, ACL 2023; MIT).

Each pair is a character and a place within a window of text: whether it is one at all (the tagger may have erred),
and if so, how the character stands to the place. Folder: ``<data>/mobility/<split>{,.labels}.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from litgraph.corpora.litbank import Split
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.literary.types import SPATIAL, Spatial
from litgraph.progress import Tell, warn

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


def read_mobility(data: Path, split: Split, *, tell: Tell = warn) -> list[MobilityPair]:
    """The pairs of one split, in file order.

    A few published lines have a field with an odd number of quotation marks. Such a line is read if it can be, else
    left out.

    Args:
        data: the data folder, the one that holds ``mobility/``.
        split: "train", "dev" or "test", if it is there.
        tell: told of each line that is left out.

    Raises:
        SourceNotFound: there are no such files below ``data``.
        UnreadableSource: another line has not the columns or marks that it should have, or a label is unknown.
    """
    folder = data / "mobility"
    labels = {row[0]: row[1:] for _, row, _ in _rows(folder / f"{split}.labels.tsv", LABEL_COLUMNS, tell)}
    pairs: list[MobilityPair] = []
    path = folder / f"{split}.tsv"
    for number, (identifier, book, character, place, *contexts), line in _rows(path, COLUMNS, tell):
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
            _leave_out(path, number, line, tell)
    return pairs


def read_context(text: str) -> Context:
    """Takes the marks ``<char> … </char>`` and ``<place> … </place>`` out of a context; they may nest or cross.

    Raises:
        ValueError: a mark is missing, comes twice, or stands around nothing.
    """
    tokens: list[str] = []
    marks: dict[str, int] = {}
    for word in _MARK.sub(r" \g<0> ", text).split():  # a quotation mark may stick to one
        if word in ("<char>", "</char>", "<place>", "</place>"):
            if word in marks:
                raise ValueError(f"{word} comes twice")
            marks[word] = len(tokens)
        else:
            tokens.append(word)
    return Context(tuple(tokens), _marked(marks, "char"), _marked(marks, "place"))


_MARK = re.compile(r"</?(?:char|place)>")


def _marked(marks: Mapping[str, int], kind: str) -> tuple[int, int]:
    if not {f"<{kind}>", f"</{kind}>"} <= marks.keys() or marks[f"</{kind}>"] <= marks[f"<{kind}>"]:
        raise ValueError(f"no <{kind}> with words in it")
    return marks[f"<{kind}>"], marks[f"</{kind}>"] - 1


def _spatial(label: str) -> Spatial | None:
    if not label:
        return None
    if label not in SPATIAL:
        raise ValueError(f"unknown relation {label}")
    return label


def _rows(path: Path, columns: list[str], tell: Tell) -> Iterator[tuple[int, list[str], str]]:
    """Line numbers from 1, fields and whole lines, the header left out."""
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
            if len(fields) == len(columns):
                yield number, fields, line
            else:
                _leave_out(path, number, line, tell)


def _unquoted(field: str) -> str:
    """Fields with a quotation mark are quoted as in CSV, except a few that lost their outer marks.

    A CSV reader would run such a field into the next.
    """
    quoted = len(field) > 1 and field[0] == field[-1] == '"'
    return (field[1:-1] if quoted else field).replace('""', '"')


def _leave_out(path: Path, number: int, line: str, tell: Tell) -> None:
    """Tell that a line is left out, if its quoting is irregular. Raises UnreadableSource if it is not."""
    if not any(field.count('"') % 2 for field in line.split("\t")):
        raise _malformed(path, number) from None
    tell(f"{path}, line {number} is left out: a quotation mark in it is not closed, and it cannot be read.")


def _malformed(path: Path, number: int) -> UnreadableSource:
    return UnreadableSource(f"{path}, line {number}: not as published", "Get the authors' own file again.")
