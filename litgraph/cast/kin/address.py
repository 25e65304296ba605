"""Who calls whom "papa", "my dear son" or "sister"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from litgraph.cast.kin.words import Kin, find_kin
from litgraph.types import Quotation

# A word of a form of address between marks: "Oh, papa!", "No, my dear sister, …"
_ADDRESS = re.compile(
    r"(?:^[^\w\s]?|[“‘\"'(—–-]|[,.!?;:…][”’\"']?\s|\b(?:oh|ah|o|well|yes|no|why|come|now|thank you)\s)\s?_?"
    r"(?P<phrase>(?:(?:my|our|dear|dearest|own|poor|good|old|little|sweet|darling)\s){0,4}(?P<word>[^\W\d_][\w-]*))_?"
    r"(?=\s?[,.!?;:…—–”“\"]|--|$)",
    re.I,
)

ANYBODY = "child"
"""What the old call the young, whosever child they are: as a form of address it tells nothing."""


@dataclass(frozen=True, slots=True)
class KinAddress:
    """Somebody calls a hearer by a word of kinship, so that the hearer is the speaker's kin, or is called so.

    Attributes:
        speaker, hearer: entity ids; the hearer is called the speaker's ``kin.word``.
        kin: the word.
        start, end: offsets of the form of address into ``Book.text``.
    """

    speaker: str
    kin: Kin
    hearer: str
    start: int
    end: int


def family_addresses(quotations: Iterable[Quotation], text: str) -> Iterator[KinAddress]:
    """The words of kinship by which a known speaker addresses a single hearer, in the order of the quotations.

    Priests and old people are "father" and "mother" to everybody, so one is a sign and no proof.

    Args:
        quotations: with their speakers and hearers.
        text: ``Book.text``.
    """
    for quotation in quotations:
        if quotation.speaker and len(quotation.addressees) == 1 and quotation.addressees[0] != quotation.speaker:
            for match in _ADDRESS.finditer(text[quotation.start : quotation.end]):
                if (kin := find_kin(match["word"])) and kin.word != ANYBODY:
                    start, end = (quotation.start + offset for offset in match.span("phrase"))
                    yield KinAddress(quotation.speaker, kin, quotation.addressees[0], start, end)
