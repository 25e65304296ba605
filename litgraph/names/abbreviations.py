"""Given names as clerks and printers shorten them, with a full stop: "Wm. Black" is William Black; and initials.

Sources: the usual abbreviations of English registers and directories of the 18th and 19th centuries; the table is our
own. Short forms that are names of their own ("Fred", "Sam", "Alex") are none of these.
"""

from __future__ import annotations

import re

_INITIAL = re.compile(r"[^\W\d_]\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){2,}")
GIVEN_NAMES: dict[str, str] = {
    "abrm": "abraham", "alexr": "alexander", "andw": "andrew", "anty": "anthony", "archd": "archibald",
    "arth": "arthur", "benj": "benjamin", "cath": "catherine", "chas": "charles", "christr": "christopher",
    "danl": "daniel", "davd": "david", "edm": "edmund", "edmd": "edmund", "edw": "edward", "edwd": "edward",
    "eliz": "elizabeth", "elizth": "elizabeth", "fredk": "frederick", "fras": "francis", "geo": "george",
    "gilbt": "gilbert", "herbt": "herbert", "hy": "henry", "jas": "james", "jno": "john", "jonn": "jonathan",
    "jos": "joseph", "margt": "margaret", "matw": "matthew", "matth": "matthew", "michl": "michael",
    "nathl": "nathaniel", "nichs": "nicholas", "patk": "patrick", "richd": "richard", "robt": "robert",
    "saml": "samuel", "sml": "samuel", "steph": "stephen", "thos": "thomas", "wm": "william", "xpher": "christopher",
}  # fmt: skip
"""Abbreviation, without its full stop and folded, to the name it stands for."""


def full_given_name(word: str) -> str:
    """The given name that a word shortens ("Wm." → "william"); "" if it is no such abbreviation."""
    return GIVEN_NAMES.get(word.rstrip(".").casefold(), "")


def initials(word: str) -> list[str]:
    """The initials that are printed without space between them ("J.K.", "J.-P."); none for any other word."""
    return _INITIAL.findall(word) if _INITIALS.fullmatch(word) else []


def is_initial(word: str) -> bool:
    """Is this one letter with its full stop, or several without space between them?"""
    return _INITIAL.fullmatch(word) is not None or bool(initials(word))
