"""What is known about given names before a book is opened: nicknames and genders.

``data/nicknames.csv`` is Renard's English table (Apache-2.0, see ``nicknames.NOTICE``); ``data/given_names.csv`` was
written for litgraph. Russian diminutives, which neither has, are below.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from litgraph.names.abbreviations import GIVEN_NAMES, full_given_name
from litgraph.names.grammar import fold
from litgraph.types import Gender

# Formal name (in its usual English spellings) and diminutives, as in translations of Russian novels.
_RUSSIAN = (
    ("alexey alexei aleksey alexis", "alyosha alyoshka alyoshenka lyosha"),
    ("dmitri dmitry", "mitya mitka mitenka"),
    ("ivan", "vanya vanka vanyusha"),
    ("nikolai nikolay nicholas", "kolya nikolenka nikolushka"),
    ("rodion", "rodya rodka rodenka"),
    ("pyotr peter", "petya petrusha petenka"),
    ("andrei andrey", "andryusha"),
    ("stepan", "stiva styopa"),
    ("mikhail", "misha"),
    ("sergey sergei", "seryozha"),
    ("ilya", "ilyusha ilyushka"),
    ("avdotya", "dunya dounia dunechka"),
    ("sofya sofia sophia", "sonya sonia"),
    ("katerina ekaterina", "katya katenka"),
    ("agrafena", "grushenka grusha"),
    ("natalya natalia", "natasha"),
    ("tatyana tatiana", "tanya"),
    ("marya maria", "masha mashenka"),
    ("darya", "dasha"),
    ("anastasia nastasya", "nastenka"),
    ("varvara", "varya varenka"),
)


# Short forms that do not end in "y"; those that do are diminutives unless they are names of their own.
_SHORT = frozenset(
    "abe al alf ben bert bess beth bill bob cass dan dave dick ed em fred gus hal hank ike jack jake jem jim jo joe "
    "kate kit len lew liz lou mag mat matt meg mike moll nan nat ned nell nick peg pete phil rob sal sam sol sue ted "
    "tess tim tom vic wat will eliza".split()
)
_OWN_NAMES = frozenset(
    "amy anthony daisy dorothy emily gregory henry ivy jeremy lily lucy mary mercy percy rosemary ruby timothy".split()
)


class Nicknames(NamedTuple):
    """A table of nicknames, folded, "-ie" written "-y".

    Attributes:
        formal: nickname -> the names it may stand for.
        russian: diminutives of the Russian table, which are never names of their own.
    """

    formal: dict[str, frozenset[str]]
    russian: frozenset[str]


def gender_of_given_name(name: str) -> Gender:
    """The gender that bearers of a given name nearly always have; "unknown" if it is not in the table."""
    return _genders().get(full_given_name(name) or fold(name), "unknown")


def are_variants(first: str, second: str) -> bool:
    """May two given names be the same person's: formal name and nickname, or two nicknames of one formal name?"""
    one, other = nickname_key(first), nickname_key(second)
    if one == other:
        return True
    formal = nicknames().formal
    formal_one, formal_other = formal.get(one, frozenset()), formal.get(other, frozenset())
    return other in formal_one or one in formal_other or bool(formal_one & formal_other)


def is_diminutive(name: str) -> bool:
    """Is this nearly always short for another name ("Lizzy", not "Anna")?"""
    key, table = nickname_key(name), nicknames()
    looks_short = key in _SHORT or key in table.russian or (key.endswith("y") and key not in _OWN_NAMES)
    return looks_short and key in table.formal


def formal_names(name: str) -> frozenset[str]:
    """The names that a nickname may stand for, as keys of ``nickname_key``."""
    return nicknames().formal.get(nickname_key(name), frozenset())


def nickname_keys(name: str) -> list[str]:
    """The keys, sorted, of a name and of all that it may stand for; two names that may be one share a key."""
    return sorted({nickname_key(name), *formal_names(name)})


def nickname_key(name: str) -> str:
    """Given name for looking up nicknames: folded, so that "Lizzie" and "Lizzy" are one."""
    folded = fold(name)
    return folded[:-2] + "y" if len(folded) > 3 and folded.endswith("ie") else folded


@lru_cache(maxsize=1)
def nicknames() -> Nicknames:
    """The table of nicknames."""
    formal: defaultdict[str, set[str]] = defaultdict(set)
    text = (files("litgraph") / "data" / "nicknames.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.reader(text.splitlines()) if row]
    rows += [[head, *diminutives.split()] for names, diminutives in _RUSSIAN for head in names.split()]
    rows += [[full, short] for short, full in GIVEN_NAMES.items()]
    russian = frozenset(nickname_key(name) for _, diminutives in _RUSSIAN for name in diminutives.split())
    for head, *short in rows:
        for name in short:
            if nickname_key(name) != nickname_key(head):
                formal[nickname_key(name)].add(nickname_key(head))
    return Nicknames({name: frozenset(formal[name]) for name in sorted(formal)}, russian)


@lru_cache(maxsize=1)
def _genders() -> dict[str, Gender]:
    text = (files("litgraph") / "data" / "given_names.csv").read_text(encoding="utf-8")
    return {fold(name): "female" if gender == "female" else "male" for name, gender in csv.reader(text.splitlines())}
