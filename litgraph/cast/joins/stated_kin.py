"""Two names that the text calls each other's kin: "Mrs. Wilfer was the mother of Bella Wilfer" is of two people.

However well two names would fit one person, nobody is her own mother.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from litgraph.cast.joins.forms import Form
from litgraph.cast.kin.words import find_kin
from litgraph.types import Mention

_REACH = 60  # characters between two names of one statement
_STEPS = 5  # from a pronoun back to a name
_PAUSE = re.compile(r"[.!?;]")
_PHRASE = r"((?:[\w-]+ ){0,2}?[\w-]+)"  # "only elder brother"
_IS = r"(?:,? (?:was|is|called|named)|,)?"
# What stands between two names. The second says whose kin it is …
_OF_SECOND = re.compile(r"\b([\w-]+) (?:of|to) (?:both )?$")  # "X, the brother of Y"
_AND_OF = re.compile(r"^,? and of $")  # "X, the father of Y and of Z"
# … or the first ("X's brother, Y", "X, whose son was Y", "X had one son, Y"), or a pronoun ("X and her sister Y").
_OF_FIRST = re.compile(
    rf"(?:^(?:[’']s?|, whose)|^ (?:had|has) (?:but |only )?(?:an?|one)|\b(?:his|her|their)) {_PHRASE}{_IS} $"
)
_LINK = re.compile(r"^(?:,|,? (?:was|is|became|being|as))(?: only| also)? $")
# What stands behind a name: "X, Y's sister", "X was her sister".
_OF_IT = re.compile(r"[’']s? ((?:[\w-]+ ){0,2}[\w-]+)\b(?![’'])")
_OF_PRONOUN = re.compile(r",? (?:was|is) (?P<whose>his|her) ((?:[\w-]+ ){0,2}[\w-]+)\b(?![’'])")


def state_kin(forms: Sequence[Form], mentions: Sequence[Mention], text: str) -> None:
    """Note at every name whose kin the text says it is (``Form.kin``): those are other people.

    Args:
        forms: all names of the book.
        mentions: the mentions that they were made from, in text order.
        text: ``Book.text``; nothing is noted without it.
    """
    if not text:
        return
    form_of = {index: form for form in forms for index in form.mentions}
    for one, other in [
        *_stated_by_names(sorted(form_of), mentions, text),
        *_stated_by_pronouns(form_of, mentions, text),
    ]:
        if form_of[one] is not form_of[other]:
            form_of[one].kin[form_of[other]] += 1
            form_of[other].kin[form_of[one]] += 1


def _stated_by_names(named: Sequence[int], mentions: Sequence[Mention], text: str) -> Iterator[tuple[int, int]]:
    """Pairs of mentions of which a sentence says that one is the other's kin."""
    kin_of_this: int | None = None  # whose kin the mention before is, if a list of such may go on
    for first, second in pairwise(named):
        start, end = mentions[first].end, mentions[second].start
        between = text[start:end] if start <= end <= start + _REACH else "."
        if kin_of_this is not None and _AND_OF.match(between):
            yield kin_of_this, second
            continue
        kin_of_this = None
        if _PAUSE.search(between):
            continue
        if _ends_in_kin(_OF_SECOND.search(between)):
            kin_of_this = first
            yield first, second
        elif _ends_in_kin(_OF_FIRST.search(between)) or (
            _LINK.match(between) and _has_kin(_OF_IT.match(text, mentions[second].end))
        ):
            yield first, second


def _stated_by_pronouns(
    form_of: Mapping[int, Form], mentions: Sequence[Mention], text: str
) -> Iterator[tuple[int, int]]:
    """Pairs as above where a pronoun says whose kin: "Charlie was her sister"."""
    by_start = {mention.start: index for index, mention in enumerate(mentions) if mention.form == "pronoun"}
    by_id = {mention.id: index for index, mention in enumerate(mentions)}
    for index in form_of:
        match = _OF_PRONOUN.match(text, mentions[index].end)
        if match is None or not _has_kin(match):
            continue
        whose = by_start.get(match.start("whose"))
        for _ in range(_STEPS):
            if whose is None or whose in form_of:
                break
            antecedents = mentions[whose].antecedents
            whose = by_id.get(antecedents[0][0]) if antecedents else None
        if whose in form_of and whose is not None:
            yield index, whose


def _ends_in_kin(match: re.Match[str] | None) -> bool:
    return match is not None and _is_kin(match[match.re.groups].split()[-1])


def _has_kin(match: re.Match[str] | None) -> bool:
    return match is not None and any(map(_is_kin, match[match.re.groups].split()))


def _is_kin(word: str) -> bool:
    kin = find_kin(word)
    return kin is not None and kin.family
