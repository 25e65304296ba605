"""By which of its names an entity is called in the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litgraph.names.grammar import Name, parse_name
from litgraph.types import EntityKind

_FEW = 2  # times that a full name must occur to be a common form
_FEW_EACH = 5  # mentions that each name has on average, up to which a full name that occurs once is one, too
_MENTIONS_PER_TITLE = 20  # mentions of the commonest name beside which one by a name with a title makes it common
_LONGEST = 3  # words of a full name that is chosen though it is rare
_MERE_ADDRESS = ("mr", "mrs", "miss", "master", "kin")


def canonical_name(aliases: Counter[str], kind: EntityKind) -> str:
    """The fullest common form of a name.

    "Elizabeth Bennet" though she is mostly "Elizabeth", but "Mr. Darcy" where his given name stands but once.

    Args:
        aliases: how often the entity is called what; not empty.
        kind: only characters have other canonical names than their commonest one.
    """
    ranked = sorted(aliases, key=lambda alias: (-aliases[alias], alias))
    if kind != "character":
        return ranked[0]
    names = {alias: name for alias in ranked if (name := parse_name(alias))}
    return _full_name(names, aliases) or _titled_name(names, aliases, ranked) or ranked[0]


def _full_name(names: dict[str, Name], aliases: Counter[str]) -> str:
    """The name of several words that is best and common enough; "" if none is."""
    times_alone = {name.folded[0]: aliases[alias] for alias, name in names.items() if _is_given_name_alone(name)}
    most = max(aliases.values())

    def preference(alias: str) -> tuple[int, bool, int, int, str]:
        given = names[alias].given
        return _title_weight(names[alias]), len(given) == 1, -times_alone.get(given, 0), -aliases[alias], alias

    for alias in sorted((alias for alias, name in names.items() if len(name.words) > 1), key=preference):
        called_by_given = times_alone.get(names[alias].given, 0) == most and len(alias.split()) <= _LONGEST
        if aliases[alias] >= _FEW or called_by_given or len(aliases) * _FEW_EACH >= aliases.total():
            return alias
    return ""


def _titled_name(names: dict[str, Name], aliases: Counter[str], ranked: Sequence[str]) -> str:
    """The commonest name with a title, if it is common enough beside the commonest of all; "" if none is."""
    for alias in ranked:
        often = aliases[alias] >= _FEW and aliases[alias] * _MENTIONS_PER_TITLE >= aliases[ranked[0]]
        if often and alias in names and names[alias].titles:
            return alias
    return ""


def _is_given_name_alone(name: Name) -> bool:
    return len(name.words) == 1 and not name.titles


def _title_weight(name: Name) -> int:
    """Sir, Lady and other ranks belong to a name; Mr. and Miss only stand before it."""
    if name.title is None:
        return 1
    return 2 if name.title.rank in _MERE_ADDRESS else 0
