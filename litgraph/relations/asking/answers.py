"""What a language model's answer means: cleaned, then mapped to the vocabulary. For local models and servers.

Cleaning follows the evaluation code of the LitTune paper (arXiv:2606.22606): thinking is cut out, the first line
counts, a leading "Answer:" and one pair of quotation marks go.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from litgraph.ontology import RELATIONS, allowed, normalise
from litgraph.types import EntityKind

NO_RELATION = "none"
"""How an answer or a row without a relation is written."""

NEGATIVE = frozenset({NO_RELATION, "other", "no_relation", "na", "nan", "null", ""})
"""Answers that say that there is no relation, as :func:`scoring_form` gives them."""

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_END_OF_THOUGHT = re.compile(r"\A.*</think>", re.DOTALL)  # the layout of the prompt may have opened it
_END_OF_TURN = re.compile(r"<\|[^|<>]*\|>.*\Z", re.DOTALL)
_PREFIX = re.compile(r"\A(?:answer|relation)\s*:\s*", re.IGNORECASE)
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "`": "`"}

# The names that Biographical has for relations of the fiction ontology, and whether head and tail change places.
_FICTION_NAMES = {
    "sibling": ("sibling_of", False),
    "bplace_name": ("born_in", False),
    "ofParent": ("child_of", False),
    "hasChild": ("child_of", True),
}


class Meaning(NamedTuple):
    """What an answer says of the two entities that were asked about.

    Attributes:
        relation: a name of the vocabulary; "" if the answer is not in it or does not fit the two entities; None if it
            says that there is no relation.
        forward: the first entity is the head; False: the second one is.
        fits: False if the answer is in the vocabulary, but not for entities of these kinds.
    """

    relation: str | None
    forward: bool = True
    fits: bool = True


def clean(raw: str) -> str:
    """The label that was answered, without thoughts, marks of the chat layout, further lines, "Answer:" and quotes.

    >>> clean('<think>Siblings?</think>\\nAnswer: "sibling_of"\\nBecause …')
    'sibling_of'

    Args:
        raw: as the model wrote it.
    """
    text = _END_OF_THOUGHT.sub("", _THOUGHT.sub("", raw)) if "think>" in raw else raw
    lines = _END_OF_TURN.sub("", text).strip().splitlines()
    line = _PREFIX.sub("", lines[0].strip()).strip() if lines else ""
    # "Answer:" may be all that stands on its line
    if not line and len(lines) > 1:
        line = next((rest.strip() for rest in lines[1:] if rest.strip()), "")
    if len(line) > 1 and _QUOTES.get(line[0]) == line[-1]:
        line = line[1:-1].strip()
    return line


def scoring_form(answer: str | None) -> str:
    """The label that an answer or a gold string stands for, as the paper's evaluation compares them.

    Cleaned, lower case, single spaces; what then is empty, "nan", "null" or "none" is "none".

    >>> scoring_form("  Sibling_Of ")
    'sibling_of'
    >>> scoring_form("NaN"), scoring_form("")
    ('none', 'none')
    """
    form = " ".join(clean(answer or "").lower().split())
    return NO_RELATION if form in ("", "nan", "null") else form


def meaning(raw: str, one: EntityKind, other: EntityKind) -> Meaning:
    """What an answer says of two entities of these kinds.

    A relation that cannot hold between them in the order asked, but in the other one, is turned round ("Longbourn
    lives_in Mr. Bennet"). One that fits neither way has no relation.

    Args:
        raw: as the model wrote it.
        one: what the first entity is.
        other: what the second one is.
    """
    answer = clean(raw)
    if scoring_form(answer) in NEGATIVE:
        return Meaning(None)
    name = normalise(answer)
    if not name:
        return Meaning("")
    if RELATIONS[name].name == "Other":
        return Meaning(None)
    name, turned = _FICTION_NAMES.get(name, (name, False))
    head, tail = (other, one) if turned else (one, other)
    if allowed(name, head, tail):
        return Meaning(name, not turned)
    if allowed(name, tail, head):
        return Meaning(name, turned)
    return Meaning("", fits=False)
