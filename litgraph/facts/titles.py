"""Kin by the titles of names in speech: whoever says "Aunt Celia" is her niece or nephew, or of her family."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.words import find_kin
from litgraph.facts.claims import Claim, kin_key
from litgraph.pairs import Window
from litgraph.types import Mention, Quotation, Sentence

_BELIEVED = 0.5  # half the village may say "Uncle Toby"; what it is worth is fitted
_OF_OTHERS = frozenset("his her their its".split())


def title_claims(
    mentions: Iterable[Mention],
    quotations: Sequence[Quotation],
    text: str,
    sentences: Sequence[Sentence],
    families: Families,
) -> Iterator[Claim]:
    """Whose relatives are called "Aunt Celia", "Cousin Charlotte", "your Uncle Francis".

    Args:
        mentions: with whom they mean.
        quotations: with speakers and hearers, in text order.
        text: ``Book.text``.
        sentences: all of the book, by index.
        families: of the cast; "my aunt Philips" is Mrs. Philips, though "Philips" alone is her husband.
    """
    starts = [one.start for one in quotations]
    number = 0
    for mention in mentions:
        title, _, name = mention.text.partition(" ")
        kin = find_kin(title) if name and mention.entity and mention.form == "name" else None
        at = bisect_right(starts, mention.start) - 1
        if kin is None or at < 0 or mention.start >= quotations[at].end:
            continue
        bearer = families.namesake(kin.gender, mention.entity) or mention.entity
        said, word = quotations[at], _word_before(text, mention.start)
        whose = said.addressees if word == "your" else () if word in _OF_OTHERS else (said.speaker,)
        sentence = sentences[mention.sentence]
        window = Window(sentence.chapter, sentence.start, sentence.end)
        for one in whose:
            key = kin_key(one, kin.bond, bearer) if one and one != bearer else None
            if key is not None and key[1] == "relative_of":  # "Sister Agnes" and "Father Brown" are of the church
                yield Claim(f"t{number}", key, "title", _BELIEVED, 1, (window,), "titles", mention.text)
                number += 1


def _word_before(text: str, start: int) -> str:
    before = text[max(0, start - 8) : start].split()
    return before[-1].casefold() if before else ""
