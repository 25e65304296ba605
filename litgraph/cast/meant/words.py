"""What a mention's own words say of whom it may mean."""

from __future__ import annotations

from functools import cache
from typing import Literal

from litgraph.types import PLACE_LABELS, Entity, Gender, Mention

Sort = Literal["he", "she", "speaker", "speakers", "hearer", "several", "other"]

_WORDS: tuple[tuple[Sort, str], ...] = (
    ("he", "he him his himself hisself"),
    ("she", "she her hers herself"),
    ("speaker", "i me my mine myself"),
    ("hearer", "you your yours yourself ye thou thee thy thine thyself"),
    ("speakers", "we us our ours ourselves"),
    ("several", "they them their theirs themselves yourselves"),
)
_LONGEST = 10  # letters of a pronoun
_SORT_OF = {word: sort for sort, words in _WORDS for word in words.split()}
GENDER_OF: dict[Sort, Gender] = {"he": "male", "she": "female"}
_SORTS_DENIED: dict[Gender, tuple[Sort, ...]] = {
    "female": ("he", "several", "speakers"),
    "male": ("she", "several", "speakers"),
    "unknown": ("several", "speakers"),
}
_PEOPLE_LABELS = frozenset({"PER", "ORG"})
_THING_LABELS = PLACE_LABELS | {"ORG", "VEH"}


def sort_of(mention: Mention) -> Sort:
    """The sort of pronoun; "other" for what is none."""
    return _sort(mention.text) if len(mention.text) <= _LONGEST else "other"


@cache
def _sort(text: str) -> Sort:
    return _SORT_OF.get(text.casefold(), "other")


def allowed(mention: Mention, entity: Entity) -> bool:
    """May a mention of its sort and label mean the entity?"""
    sort, label = sort_of(mention), mention.label
    if entity.kind == "character":
        return label in _PEOPLE_LABELS and sort not in _SORTS_DENIED[entity.gender]
    if entity.kind == "group":
        return label in _PEOPLE_LABELS and sort in ("hearer", "several", "speakers", "other")
    if entity.kind == "vehicle":
        return label != "PER" and sort in ("she", "other")  # a ship is a she
    return label in _THING_LABELS and sort in ("several", "speakers", "other")
