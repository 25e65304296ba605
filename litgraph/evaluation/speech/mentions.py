"""Whom the mentions inside quotations mean, against PDNC, by form.

A mention of the corpus is found if the book has a mention with just these characters (blanks at the corpus's ends do
not count), and given to somebody if that mention means an entity of the cast. Precision: of those given to somebody,
the share given to the right character. Recall: of all. Where the corpus names several characters (*we*), one of them is
right; such mentions are left out of the row "one character". Mentions of nobody who is a character (``_group``) are
left out altogether.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from litgraph.corpora.pdnc import Novel
from litgraph.evaluation.scores import Scores
from litgraph.evaluation.speech.matching import characters_of
from litgraph.names.grammar import parse_name
from litgraph.types import Cast, Mention

SpokenForm = Literal["names", "he and she", "noun phrases", "you", "other pronouns"]
FORMS: tuple[SpokenForm, ...] = get_args(SpokenForm)
ROWS: tuple[str, ...] = (*FORMS, "one character", "all")

_HE_AND_SHE = frozenset("he him his himself she her hers herself".split())
_YOU = frozenset("you your yours yourself yourselves ye thou thee thy thine thyself".split())
_OTHER_PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves 's they them 'em their theirs themselves it its itself who whom "
    "whose which that this these those one both each all tu".split()
)


def mentions_in_speech(cast: Cast, mentions: Sequence[Mention], novel: Novel) -> dict[str, Scores]:
    """Compare whom mentions mean with the corpus.

    Args:
        cast: with whom each mention means.
        mentions: of the book.
        novel: of the corpus.

    Returns:
        By ``ROWS``: each form, the mentions that mean one character, and all.
    """
    character_of = characters_of(cast, novel.characters)
    entity_at = {(one.start, one.end): cast.entity_of.get(one.id, "") for one in mentions}
    scores: dict[str, Scores] = dict.fromkeys(ROWS, Scores())
    for quotation in novel.quotations:
        for gold in quotation.mentions:
            wanted = [name for name in gold.characters if not name.startswith("_")]
            text = novel.book.text[gold.start : gold.end]
            if not wanted or not text.strip():
                continue
            start = gold.start + len(text) - len(text.lstrip())
            entity = entity_at.get((start, start + len(text.strip())), "")
            score = Scores(1, int(bool(entity)), int(character_of.get(entity) in wanted))
            for row in (form_of(text), "one character" if len(gold.characters) == 1 else "", "all"):
                if row:
                    scores[row] += score
    return scores


def form_of(text: str) -> SpokenForm:
    """The form of a mention by its words: pronouns are listed, and a name is what the grammar of names takes for one.

    >>> [form_of(text) for text in ("Your", "my dear Jane", "my mother", "us")]
    ['you', 'names', 'noun phrases', 'other pronouns']
    """
    word = " ".join(text.split()).casefold().replace("’", "'")
    if word in _HE_AND_SHE:
        return "he and she"
    if word in _YOU:
        return "you"
    if word in _OTHER_PRONOUNS:
        return "other pronouns"
    name = parse_name(" ".join(text.split()))
    return "names" if name is not None and name.words else "noun phrases"
