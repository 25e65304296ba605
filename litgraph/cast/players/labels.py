"""Which role of the dramatis personae each label is.

A label is the role whose names it is, whose words it has ("ROBERT" for Robert Falconbridge), whose name it shortens
("Ham."), or whose description has its words ("Nurse" for "Anne, their nurse"; only if that role has no other label).
Where it could be several, roles with labels of their own are left out: "TESMAN" is George, for Hedda Tesman speaks as
"HEDDA".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from litgraph.cast.players.person import name_key, telling_words
from litgraph.drama import Role
from litgraph.names.grammar import fold
from litgraph.names.titles import find_title

_NOBODYS = frozenset("all both omnes together several others everybody everyone voices ambo tous alle beide".split())
_EQUAL, _WORDS, _SHORTENED, _DESCRIBED = 4, 3, 2, 1
_MOST_ALIKE = 50  # labels that begin alike and are compared; keeps the work linear
_SLIP = 10  # times that a label must come for one that differs in a single letter to be a misprint of it


def roles_of_labels(times: Counter[str], roles: Sequence[Role]) -> dict[str, int]:
    """Which role each label is, by its index; none for a label that is no role's."""
    fitting: dict[str, dict[int, int]] = {}
    for key in times:
        levels = {number: level for number, role in enumerate(roles) if (level := _fit(telling_words(key), key, role))}
        best = max(levels.values(), default=0)
        fitting[key] = {number: level for number, level in levels.items() if level == best}
    found: dict[str, int] = {}
    for least in (_SHORTENED, _DESCRIBED):
        open_ = [key for key in fitting if key not in found and max(fitting[key].values(), default=0) >= least]
        while open_:
            owned = set(found.values())
            settled = {}
            for key in open_:
                several = len(fitting[key]) > 1 or least == _DESCRIBED
                left = [number for number in fitting[key] if not several or number not in owned]
                if len(left) == 1:
                    settled[key] = left[0]
            if not settled:  # several who have no other label: the first of the list
                left = [number for number in fitting[open_[0]] if number not in owned]
                settled = {open_[0]: left[0]} if left else {}
                open_ = open_ if left else open_[1:]
            found |= settled
            open_ = [key for key in open_ if key not in found]
    return found | _misprints(times, found)


def _fit(words: Sequence[str], key: str, role: Role) -> int:
    """How well a label fits a role."""
    names = [name_key(name) for name in role.names]
    if key in names:
        return _EQUAL
    own = [word for name in names for word in telling_words(name)]
    if all(word in own for word in words):
        return _WORDS
    if all(any(_shortens(word, whole) for whole in own) for word in words):
        return _SHORTENED
    described = [*own, *telling_words(fold(" ".join(role.description.replace(",", " ").replace(";", " ").split())))]
    if all(any(word == whole or (len(word) > 2 and whole.endswith(word)) for whole in described) for word in words):
        return _DESCRIBED
    return 0


def _shortens(word: str, whole: str) -> bool:
    if word == whole:
        return True
    return whole.startswith(word) and (len(word) > 1 or find_title(whole) is not None)


def _misprints(times: Counter[str], found: Mapping[str, int]) -> dict[str, int]:
    """Labels that differ in one letter from a much more frequent one ("Menders" for "Manders")."""
    patterns: dict[str, str] = {}
    for key in found:
        for place in range(len(key)):
            patterns.setdefault(f"{key[:place]}?{key[place + 1 :]}", key)
    slips: dict[str, int] = {}
    for key in times:
        if key not in found and len(key) > 3:
            for place in range(len(key)):
                right = patterns.get(f"{key[:place]}?{key[place + 1 :]}")
                if right and times[right] >= _SLIP * times[key]:
                    slips[key] = found[right]
    return slips


def shortened(keys: Iterable[str]) -> dict[str, str]:
    """Labels that shorten the only other label that begins so, and that label: "JOS. SURF." is "JOSEPH SURFACE".

    Args:
        keys: of labels that are no role's.
    """
    alike: dict[tuple[str, int], list[list[str]]] = {}
    for words in map(str.split, keys):
        alike.setdefault((words[0][:2], len(words)), []).append(words)
    found: dict[str, str] = {}
    for group in alike.values():
        for words in group[:_MOST_ALIKE]:
            longer = [other for other in group[:_MOST_ALIKE] if _is_short_for(words, other)]
            if len(longer) == 1:
                found[" ".join(words)] = " ".join(longer[0])
    return {short: whole for short, whole in found.items() if whole not in found}


def _is_short_for(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Is each word the other or how it begins? A servant is not the servants."""
    pairs = list(zip(words, whole, strict=True))
    return words != whole and all(long.startswith(short) and long != f"{short}s" for short, long in pairs)


def is_nobodys(key: str, role_of: Mapping[str, int]) -> bool:
    """Do several people speak under a label ("ALL", "TESMAN and MRS. ELVSTED")?"""
    if key in role_of:
        return False
    words = key.split()
    return words[0] in _NOBODYS or "and" in words[1:-1] or "&" in words[1:-1]
