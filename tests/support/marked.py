"""Passages with their mentions marked, in place of a reader's: what is in brackets is a name, in braces a pronoun, in
angle brackets a noun phrase; "|GPE" gives a label other than PER, ":c1" a coreference chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from litgraph.types import Cast, Entity, EntityLabel, Mention, MentionForm

_MARK = re.compile(r"([\[{<])([^\]}>|:]+)(?:\|([A-Z]+))?(?::(c\d+))?[\]}>]")
_FORMS: dict[str, MentionForm] = {"[": "name", "{": "pronoun", "<": "noun"}
_LABELS: dict[str, EntityLabel] = {label: label for label in get_args(EntityLabel)}


def marked(*chapters: str) -> tuple[str, list[Mention]]:
    """The text of the chapters, each paragraph a line, and the mentions in it; each sentence ends with . ! or ?"""
    text, mentions, sentence = "", [], 0
    for number, chapter in enumerate(chapters, 1):
        position = 0
        for match in _MARK.finditer(chapter):
            plain = chapter[position : match.start()]
            sentence += len(re.findall(r"(?<!Mr)(?<!Mrs)(?<!Dr)[.!?]", plain))
            text += plain
            mark, words, label, chain = match.groups()
            start, text = len(text), text + words
            mentions.append(
                Mention(f"m{len(mentions)}", start, len(text), words, _LABELS[label or "PER"], _FORMS[mark], sentence,
                        number, chain=f"{number}{chain}" if chain else "")
            )  # fmt: skip
            position = match.end()
        text += chapter[position:] + "\n\n"
        sentence += 1
    return text, mentions


def linked_back(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions as a reader links them that doubts: each with all before it in its chain, the nearest likeliest."""
    before: dict[str, list[str]] = {}
    linked = []
    for mention in mentions:
        chain = before.setdefault(mention.chain, []) if mention.chain else []
        shares = [(id_, 0.5**back) for back, id_ in enumerate(reversed(chain), 1)]
        if shares:  # and what is missing to 1 is the nearest's, too
            shares[0] = shares[0][0], shares[0][1] + 0.5 ** len(shares)
        linked.append(replace(mention, antecedents=tuple(shares)))
        chain.append(mention.id)
    return linked


def names(*rows: tuple[str, int] | tuple[str, int, EntityLabel], chapter: int = 1) -> list[Mention]:
    """Mentions of names without a text, each as often as told, spread evenly over one chapter, a sentence each."""
    places = []
    for row in rows:
        label: EntityLabel = row[2] if len(row) == 3 else "PER"
        places += [((number + 0.5) / row[1], row[0], label) for number in range(row[1])]
    places.sort(key=lambda place: place[0])
    return numbered([(text, label, chapter) for _, text, label in places])


def numbered(rows: Sequence[tuple[str, EntityLabel, int]]) -> list[Mention]:
    """Mentions of names without a text, in order: name, label, chapter."""
    return [
        Mention(f"m{index}", index * 50, index * 50 + len(text), text, label, "name", index, chapter)
        for index, (text, label, chapter) in enumerate(rows)
    ]


def bearer(cast: Cast, alias: str) -> Entity:
    """The only entity that bears a name."""
    found = [entity for entity in cast.entities if alias in dict(entity.aliases)]
    assert len(found) == 1, f"{alias} is in {[entity.id for entity in found]}"
    return found[0]


def together(cast: Cast, *aliases: str) -> bool:
    """Are the names one entity's?"""
    return len({bearer(cast, alias).id for alias in aliases}) == 1


def apart(cast: Cast, *aliases: str) -> bool:
    """Is each name another entity's?"""
    return len({bearer(cast, alias).id for alias in aliases}) == len(aliases)
