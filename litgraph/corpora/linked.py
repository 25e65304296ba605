"""Passages from the middle of novels in which it is annotated whom every mention means, and who speaks to whom.

Two sets, one format (``passages.jsonl``, one JSON object a line; CC BY 4.0): ``litbank_later``, later passages of
LitBank's training novels, and ``novels``, passages of eighty other novels. Spans and labels of their mentions were
tagged by a machine, so they teach and measure no finding of mentions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from litgraph.corpora.litbank import FORMS, GoldRelation
from litgraph.corpora.tokens import GoldMention, GoldQuotation, TokenPassage
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.types import ENTITY_LABELS

LinkedSet = Literal["litbank_later", "novels"]

_FORMS = frozenset(FORMS.values())
_ITSELF = "self"  # the hearer of a thought
_DEVELOPMENT = 10  # every tenth novel is kept aside


def read_linked(data: Path, name: LinkedSet) -> Iterator[TokenPassage]:
    """The passages of a set, in file order.

    A mention of several people has them all for its entity, joined by "+"; one that means nobody is alone.

    Args:
        data: the data folder, the one that holds the set's own.
        name: of the set.

    Raises:
        SourceNotFound: there is no such set below ``data``.
        UnreadableSource: a line is not a passage.
    """
    path = data / name / "passages.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise SourceNotFound(f"no passages: {path}", f"Name the folder that contains '{name}'.") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path} is not UTF-8", "Get the file again.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _passage(json.loads(line))
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                raise UnreadableSource(f"{path}, line {number}: not a passage", "Get the file again.") from None


def novel_of(passage: TokenPassage) -> str:
    """The novel that a passage is from."""
    return passage.name.rsplit("__", 1)[0]


def read_novels(data: Path, split: Literal["train", "dev"]) -> list[TokenPassage]:
    """The passages of the eighty novels; every tenth novel, by name, is kept aside to choose by.

    Args:
        data: the data folder, the one that holds ``novels/``.
        split: all passages of a novel are on one side.

    Raises:
        SourceNotFound: there are no such data below ``data``.
        UnreadableSource: a line is not a passage.
    """
    passages = list(read_linked(data, "novels"))
    aside = set(sorted({novel_of(passage) for passage in passages})[::_DEVELOPMENT])
    return [passage for passage in passages if (novel_of(passage) in aside) == (split == "dev")]


def _passage(row: dict[str, Any]) -> TokenPassage:
    sentences = [[str(token) for token in sentence] for sentence in row["sentences"]]
    links = row.get("links", {})
    mentions = tuple(_mention(sentences, links, *fields) for fields in row["mentions"])
    known = {mention.id for mention in mentions}
    relations = tuple(
        GoldRelation(str(head), str(relation), str(tail), int(sentence), int(confidence))
        for head, relation, tail, sentence, confidence in row["relations"]
    )
    if not all(gold.head in known and gold.tail in known for gold in relations):
        raise ValueError("a relation names an unknown mention")
    begins = set(row.get("paragraphs", ()))
    return TokenPassage(
        str(row["passage"]),
        sentences,
        mentions,
        relations,
        tuple(sorted((_quotation(sentences, quotation) for quotation in row.get("quotations", ())), key=_place)),
        tuple(accumulate(int(number in begins) for number in range(len(sentences)))) if begins else (),
    )


def _mention(
    sentences: list[list[str]],
    links: Mapping[str, Mapping[str, Any]],
    identifier: str,
    sentence: int,
    first: int,
    last: int,
    label: Any,
    form: Any = None,
) -> GoldMention:
    if label not in ENTITY_LABELS or not 0 <= first <= last < len(sentences[sentence]) or sentence < 0:
        raise ValueError("a mention outside its sentence")
    to = links.get(identifier, {}).get("to", [])
    entity = f"nobody:{identifier}" if to is None else "+".join(sorted(map(str, to)))
    return GoldMention(
        str(identifier), sentence, first, last, label, form=form if form in _FORMS else None, entity=entity
    )


def _quotation(sentences: list[list[str]], row: Mapping[str, Any]) -> GoldQuotation:
    start, end = ((int(sentence), int(token)) for sentence, token in (row["start"], row["end"]))
    for sentence, token in (start, end):
        if not 0 <= sentence < len(sentences) or not 0 <= token < len(sentences[sentence]):
            raise ValueError("a quotation outside the passage")
    hearers = tuple(str(hearer) for hearer in row["hearers"] if hearer != _ITSELF)
    return GoldQuotation(start, end, str(row["speaker"] or ""), hearers, row["how"])


def _place(quotation: GoldQuotation) -> tuple[tuple[int, int], tuple[int, int]]:
    return quotation.start, quotation.end
