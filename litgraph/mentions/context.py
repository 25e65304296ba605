"""What the words around a name say about its kind, over a whole book.

A tagger that knows *London* but not *Longbourn* calls one book's house a person here and an organisation there. The
book itself is clear: one is *at* Longbourn, and Lydia *cried*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from litgraph.mentions.tagger import Tagged
from litgraph.types import PLACE_LABELS, EntityLabel

_LOCATIVE = re.compile(
    r"\b(?:in|at|near|into|through|towards?|from|to|reach(?:ed|ing)|leav(?:e|ing)|left|quit(?:ted|ting)?|enter(?:ed|ing)"
    r"|visit(?:ed|ing)?)\s(?:the\s)?$",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r",?\s(?:was|is|had|has|would|could|did|will|made|began|came|went|took|stood|\w{2,}ed)\b", re.IGNORECASE
)
# What only people do and have: "France was" at war, but it never smiled.
_SPEECH = "said|cried|replied|answered|asked|exclaimed|whispered|returned|added|continued|remarked|thought"
_HUMAN = re.compile(
    rf",?\s(?:{_SPEECH}|felt|knew|saw|looked|smiled|laughed|told|wept|spoke|sat|heard|listened|blushed|nodded|turned|walked|ran"
    r"|hoped|wished|loved|married)\b"
    r"|['’]s\s(?:face|eyes|voice|hands?|heart|mind|mother|father|sister|brother|wife|husband|arms?|head|lips|temper)\b",
    re.IGNORECASE,
)
_SPOKEN_BY = re.compile(rf"\b(?:{_SPEECH})\s(?:the\s)?$")  # "said Alice", "replied the White Rabbit"
_REACH = 14  # characters before a name that can hold "through the "
# Measured on the names of Pride and Prejudice: houses and towns have .57–1.0 locative uses, people at most .25, and at
# least .20 active ones if they act at all.
_PLACE_FROM = 0.45
_PERSON_UP_TO = 0.30
_PERSON_FROM = 0.10
_UNANIMOUS = 0.9  # share of the taggings from which it takes human deeds to turn a place into a person
_HUMAN_FROM = 0.04
_HUMAN_TIMES = 2  # once may be a figure of speech
_ENOUGH = 4  # occurrences on which a share means something


def relabelled(text: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """The spans, in order; those of one wording get one label: what the book shows, else what most taggings say.

    Args:
        text: ``Book.text``.
        spans: names without titles (a title has already said what its bearer is).
    """
    spans = list(spans)
    by_name: defaultdict[str, list[Tagged]] = defaultdict(list)
    for span in spans:
        by_name[text[span.start : span.end]].append(span)
    labels = {name: _label(text, found) for name, found in by_name.items()}
    return [span._replace(label=labels[text[span.start : span.end]]) for span in spans]


def _label(text: str, spans: list[Tagged]) -> EntityLabel:
    votes = Counter(span.label for span in spans)
    tagged = max(sorted(votes), key=votes.__getitem__)
    if len(spans) < _ENOUGH:
        return tagged
    locative = sum(bool(_LOCATIVE.search(text, max(0, span.start - _REACH), span.start)) for span in spans) / len(spans)
    human = sum(_acts_as_human(text, span) for span in spans) / len(spans)
    active = human + sum(bool(_ACTIVE.match(text, span.end)) for span in spans) / len(spans)
    places = [label for label in sorted(votes) if label in PLACE_LABELS]
    if locative >= _PLACE_FROM and locative > active:
        return max(places, key=votes.__getitem__, default="GPE")
    surely_place = sum(votes[label] for label in places) >= _UNANIMOUS * len(spans)
    if locative <= _PERSON_UP_TO and active >= _PERSON_FROM and (_surely_human(human, len(spans)) or not surely_place):
        return "PER"
    return tagged


def _surely_human(share: float, occurrences: int) -> bool:
    return share >= _HUMAN_FROM and share * occurrences >= _HUMAN_TIMES


def _acts_as_human(text: str, span: Tagged) -> bool:
    before = _SPOKEN_BY.search(text, max(0, span.start - _REACH), span.start)
    return before is not None or _HUMAN.match(text, span.end) is not None
