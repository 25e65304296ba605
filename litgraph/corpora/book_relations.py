"""Relations of whole novels: who is what to whom in the novels of PDNC, as careful readers of the whole book say.

Folder: ``<novel>.tsv``, a fact a line: ``head<TAB>label<TAB>tail<TAB>level<TAB>note``. Heads and tails are main names
of the novel's ``character_info.csv``, or ``place:NAME|ALIAS``, or ``person:NAME|ALIAS`` for somebody whom it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from litgraph.corpora.pdnc import GoldCharacter
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.names.likeness import comparable
from litgraph.ontology import RELATIONS

Level = Literal["core", "true"]

PLACE, PERSON = "place:", "person:"


@dataclass(frozen=True, slots=True)
class BookRelation:
    """One fact: *head relation tail*.

    Attributes:
        head, tail: as the file has them.
        relation: a name of the vocabulary.
        level: "core" if nobody who knows the book would miss it.
    """

    head: str
    relation: str
    tail: str
    level: Level


def read_book_relations(folder: Path, novel: str) -> tuple[BookRelation, ...]:
    """The facts of a novel, in the order of its file.

    Args:
        folder: with a file for each novel.
        novel: the name of its folder in PDNC.

    Raises:
        SourceNotFound: the novel has no file.
        UnreadableSource: a line cannot be read.
    """
    path = folder / f"{novel}.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise SourceNotFound(f"{path} is missing.", "Name the folder with a .tsv file for each novel.") from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{path} is no UTF-8: {error}", "Save it as UTF-8.") from error
    return tuple(_relation(line, path, number) for number, line in enumerate(lines, 1) if line.strip())


def _relation(line: str, path: Path, number: int) -> BookRelation:
    fields = [field.strip() for field in line.split("\t")]
    if len(fields) < 4:
        raise UnreadableSource(
            f"{path}, line {number}: {len(fields)} fields, not head, label, tail, level and note.",
            "Separate the fields by tabs.",
        )
    head, label, tail, level = fields[:4]
    if label not in RELATIONS:
        raise UnreadableSource(f"{path}, line {number}: {label!r} is no relation.", "See the file's guide for labels.")
    for known in get_args(Level):
        if level == known:
            return BookRelation(head, label, tail, known)
    raise UnreadableSource(f"{path}, line {number}: the level is {level!r}.", "Write core or true.")


def people_beside(relations: Iterable[BookRelation]) -> list[GoldCharacter]:
    """Those of the facts whom the corpus's list of characters lacks, each once."""
    return _called(relations, PERSON)


def places_of(relations: Iterable[BookRelation]) -> list[GoldCharacter]:
    """The places of the facts, each once, named like characters so that they can be matched like them."""
    return _called(relations, PLACE)


def _called(relations: Iterable[BookRelation], kind: str) -> list[GoldCharacter]:
    names = dict.fromkeys(one for fact in relations for one in (fact.head, fact.tail) if one.startswith(kind))
    return [
        GoldCharacter(name, frozenset(map(_alias, name[len(kind) :].split("|"))), False, "unknown") for name in names
    ]


def _alias(written: str) -> str:
    """An alias to compare by; what begins small is a description: "house at Monteriano" is not Monteriano."""
    return written if written[:1].islower() else comparable(written)
