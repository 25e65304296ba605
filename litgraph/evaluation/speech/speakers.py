"""Who says a book's quotations, and to whom, against PDNC.

Quotations are matched by BookNLP's rule, as in Vishnubhotla, Rudzicz, Hirst & Hammond (ACL 2023), after Sims & Bamman
(EMNLP 2020): a quotation of the corpus is found where a piece of speech overlaps it, and its answer is the speaker of
the pieces that overlap it in the most characters (pieces without a speaker say nothing). Speakers are compared as
entities: an entity is the character that it is mostly called. End to end, a quotation that was not found, that has no
speaker, or that was given to another is wrong.

Quotations of somebody who is no character of the corpus (``_group``, ``_unknowable``, ``_narr``) are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from litgraph.corpora.pdnc import Novel
from litgraph.corpora.pdnc_quotations import GoldQuotation, QuotationKind
from litgraph.evaluation.scores import share
from litgraph.evaluation.speech.matching import characters_of
from litgraph.types import Cast, Quotation

KINDS: tuple[QuotationKind, ...] = ("explicit", "anaphoric", "implicit")
COVERAGE = 0.8  # of the quotations, the surest, whose precision is a figure of its own


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one quotation of the corpus.

    Attributes:
        kind: of the quotation, by what names its speaker.
        found: a piece of speech overlaps it.
        named: it was given to somebody.
        right: to the right one.
        certainty: of the piece that names the speaker.
        hearers: how many the corpus names.
        named_hearers: how many are named.
        right_hearers: how many of those the corpus names as well.
    """

    kind: QuotationKind
    found: bool
    named: bool
    right: bool
    certainty: float
    hearers: int
    named_hearers: int
    right_hearers: int


def answers(cast: Cast, quotations: Sequence[Quotation], novel: Novel) -> list[Answer]:
    """What is said of each quotation of the corpus, in its order.

    Args:
        cast: whose ids the quotations bear.
        quotations: of the book, in order and not overlapping.
        novel: of the corpus.
    """
    character_of = characters_of(cast, novel.characters)
    starts = [one.start for one in quotations]
    return [
        _answer(gold, _overlaps(gold, quotations, starts), character_of)
        for gold in novel.quotations
        if not gold.speaker.startswith("_")
    ]


def _overlaps(
    gold: GoldQuotation, quotations: Sequence[Quotation], starts: Sequence[int]
) -> list[tuple[int, Quotation]]:
    """The pieces of speech that overlap a quotation, each with the number of characters."""
    found: defaultdict[int, int] = defaultdict(int)
    for span in gold.spans:
        index = max(0, bisect_right(starts, span.start) - 1)
        while index < len(quotations) and quotations[index].start < span.end:
            characters = min(span.end, quotations[index].end) - max(span.start, quotations[index].start)
            if characters > 0:
                found[index] += characters
            index += 1
    return [(characters, quotations[index]) for index, characters in sorted(found.items())]


def _answer(gold: GoldQuotation, overlaps: Sequence[tuple[int, Quotation]], character_of: dict[str, str]) -> Answer:
    characters: defaultdict[str, int] = defaultdict(int)
    for count, piece in overlaps:
        characters[piece.speaker] += count
    characters.pop("", None)
    speaker = max(sorted(characters), key=characters.__getitem__, default="")
    own = [(count, piece.certainty) for count, piece in overlaps if piece.speaker == speaker]
    wanted = {name for name in gold.addressees if not name.startswith("_")}
    hearers = {hearer for _, piece in overlaps for hearer in piece.addressees}
    return Answer(
        gold.kind,
        found=bool(overlaps),
        named=bool(speaker),
        right=character_of.get(speaker) == gold.speaker,
        certainty=max(own)[1] if speaker else 0.0,
        hearers=len(wanted),
        named_hearers=len(hearers),
        right_hearers=len(wanted & {character_of.get(hearer, "") for hearer in hearers}),
    )


def speaker_figures(given: Sequence[Answer]) -> dict[str, float]:
    """The figures of a novel, or of several together: each quotation weighs the same.

    Returns:
        By name: "accuracy" end to end, and that of each kind; "found": the share of the quotations that a piece of
        speech overlaps; "named": the share given to somebody (coverage), and "precision" of these; "P at .8":
        precision of the surest .8 of all; "hearers": of the quotations with hearers, the share where one of them is
        named; "hearers P": of the hearers named in those, the share that the corpus names as well.
    """
    named = [one for one in given if one.named]
    heard = [one for one in given if one.hearers]
    return {
        "accuracy": share(sum(one.right for one in given), len(given)),
        **{kind: _accuracy([one for one in given if one.kind == kind]) for kind in KINDS},
        "found": share(sum(one.found for one in given), len(given)),
        "precision": _accuracy(named),
        "named": share(len(named), len(given)),
        "P at .8": precision_at(given, COVERAGE),
        "hearers": share(sum(one.right_hearers > 0 for one in heard), len(heard)),
        "hearers P": share(sum(one.right_hearers for one in heard), sum(one.named_hearers for one in heard)),
    }


def _accuracy(given: Sequence[Answer]) -> float:
    return share(sum(one.right for one in given), len(given))


def precision_at(given: Sequence[Answer], coverage: float) -> float:
    """Precision of the surest answers that make up this share of all quotations.

    Of answers that are equally sure as many count as are wanted, with the share of right ones that all of them have.
    Where fewer are named, those that are lacking count as wrong.

    Args:
        given: to all quotations.
        coverage: share of them, 0 to 1.
    """
    wanted = coverage * len(given)
    left = wanted
    right = 0.0
    surest = sorted((one for one in given if one.named), key=lambda one: -one.certainty)
    for _, group in groupby(surest, key=lambda one: one.certainty):
        equal = list(group)
        right += _accuracy(equal) * min(left, len(equal))
        left -= min(left, len(equal))
    return share(right, wanted)
