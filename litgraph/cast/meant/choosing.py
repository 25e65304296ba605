"""Whom "he" and "she" mean, chosen among the people of the cast who are about.

The reader's links tell from mention to mention, and lose a little at each step. The book as a whole knows more: who was
mentioned last and how often lately, who is named next, whose gender is known, who speaks and who listens. A conditional
logit (McFadden 1974) weighs all of it for every candidate and for nobody.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from litgraph.cast.meant.beliefs import NOBODY, Belief
from litgraph.cast.meant.words import GENDER_OF, sort_of
from litgraph.speech.turns import Speech
from litgraph.types import Entity, Gender, Mention, Voice

FEATURES = (
    "share",
    "log share",
    "step",
    "log step",
    "mentions ago",
    "sentences ago",
    "sentences since named",
    "often lately",
    "gender known",
    "named next",
    "speaks",
    "hears",
    "spoke before",
    "frequency",
)
"""What is known of a candidate."""
NOBODY_FEATURES = ("missing", "step", "in speech", "always")
"""What is known of nobody's being meant."""

_LATELY, _ABOUT = 20, 80  # mentions back in which somebody is often mentioned, and is a candidate
_NEXT = 2  # sentences in which he is named next
_BESIDE = 120  # characters from a quotation to "he" who may have said it
_SURE = 0.4  # from what probability on a mention counts as one of somebody
_SMALL = 0.02


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun and those whom it may mean.

    Attributes:
        mention: its index.
        candidates: entity ids.
        known: for each candidate what is known of him, as in ``FEATURES``.
        nobody: what is known of nobody, as in ``NOBODY_FEATURES``.
    """

    mention: int
    candidates: Sequence[str]
    known: Sequence[Sequence[float]]
    nobody: Sequence[float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much: a number for each of ``FEATURES`` and of ``NOBODY_FEATURES``."""

    known: Sequence[float]
    nobody: Sequence[float]

    def belief(self, question: Question) -> Belief:
        """The probabilities of the candidates."""
        scores = [sum(map(float.__mul__, self.known, row)) for row in question.known]
        none = sum(map(float.__mul__, self.nobody, question.nobody))
        highest = max([*scores, none])
        powers = [math.exp(score - highest) for score in scores]
        whole = sum(powers) + math.exp(none - highest)
        return {who: power / whole for who, power in zip(question.candidates, powers, strict=True)}


@cache
def usual_weights() -> Weights:
    """Those that ship with litgraph; see ``litgraph.training.pronouns`` for where they come from."""
    text = resources.files("litgraph").joinpath("data/pronouns.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return Weights(
        [float(found["known"][name]) for name in FEATURES], [float(found["nobody"][name]) for name in NOBODY_FEATURES]
    )


@dataclass(slots=True)
class _About:
    """Who is about, mention after mention."""

    mention: dict[str, int] = field(default_factory=dict)  # the last one of each, by index
    sentence: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)  # the sentence
    last: deque[str] = field(default_factory=lambda: deque(maxlen=_ABOUT))
    times: Counter[str] = field(default_factory=Counter)  # in ``last``
    lately: Counter[str] = field(default_factory=Counter)  # in the end of it

    def add(self, index: int, mention: Mention, entity: str) -> None:
        """Somebody is mentioned."""
        if len(self.last) == _ABOUT:
            self.times[self.last[0]] -= 1
        self.last.append(entity)
        self.times[entity] += 1
        self.lately[entity] += 1
        if len(self.last) > _LATELY:
            self.lately[self.last[-1 - _LATELY]] -= 1
        self.mention[entity], self.sentence[entity] = index, mention.sentence
        if mention.form == "name":
            self.named[entity] = mention.sentence


def questions(
    mentions: Sequence[Mention],
    known: Mapping[str, Belief],
    found: Mapping[str, Belief],
    entities: Iterable[Entity],
    voices: Sequence[Voice],
    speech: Sequence[Speech],
) -> Iterator[Question]:
    """The pronouns of the third person in the singular, in text order.

    Args:
        mentions: of the book.
        known: those that are known, names above all.
        found: whom every mention seems to mean so far.
        entities: of the cast.
        voices: the quotations.
        speech: who seems to say and hear them.
    """
    genders: dict[str, Gender] = {entity.id: entity.gender for entity in entities if entity.kind == "character"}
    firmly = {mention.id: _firmly(found[mention.id]) for mention in mentions}
    times = Counter(entity for entity in firmly.values() if entity)
    whole = times.total() + 1
    named: defaultdict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        if mention.form == "name" and firmly[mention.id]:
            named[firmly[mention.id]].append(mention.sentence)
    starts = [voice.start for voice in voices]
    about = _About()
    taken_out = {one.id for one in mentions if one.form == "name" and one.id in known and not known[one.id]}
    for index, mention in enumerate(mentions):
        gender = GENDER_OF.get(sort_of(mention))
        # A ship is a she, too; and a pronoun that a person or a reader links to nothing means nobody.
        asked = gender and mention.label == "PER" and mention.antecedents and mention.id not in known
        if gender and asked and not _leads_to_nobody(mention, taken_out):
            place = bisect_right(starts, mention.start) - 1
            inside = place >= 0 and mention.start < voices[place].end
            beside = place >= 0 and not inside and mention.start - voices[place].end < _BESIDE
            own = speech[place] if inside else None
            before = speech[place].speaker if beside else NOBODY
            share = found[mention.id]
            step = _one_step(mention, firmly)
            who = {one for one, count in about.times.items() if count > 0} | share.keys()
            candidates = sorted(one for one in who if genders.get(one, "") in (gender, "unknown"))
            rows = [
                (
                    share.get(one, 0.0),
                    math.log(share.get(one, 0.0) + _SMALL),
                    step.get(one, 0.0),
                    math.log(step.get(one, 0.0) + _SMALL),
                    math.log1p(index - about.mention.get(one, index - 2 * _ABOUT)),
                    math.log1p(mention.sentence - about.sentence.get(one, mention.sentence - 60)),
                    math.log1p(mention.sentence - about.named.get(one, mention.sentence - 100)),
                    about.lately[one] / _LATELY,
                    float(genders[one] == gender),
                    float(_named_next(named.get(one, ()), mention.sentence)),
                    own.speaker.get(one, 0.0) if own else 0.0,
                    own.hearer.get(one, 0.0) if own else 0.0,
                    before.get(one, 0.0),
                    math.log((times[one] + 1) / whole),
                )
                for one in candidates
            ]
            yield Question(index, candidates, rows, (1 - sum(share.values()), step.get("", 0.0), float(inside), 1.0))
        elif asked:
            taken_out.add(mention.id)  # what follows it means nobody, too
        if firmly[mention.id]:
            about.add(index, mention, firmly[mention.id])


def _leads_to_nobody(mention: Mention, taken_out: Container[str]) -> bool:
    """Does the mention most likely mean somebody whose name a person took out of the cast?"""
    whole = sum(share for _, share in mention.antecedents)
    return 2 * sum(share for antecedent, share in mention.antecedents if antecedent in taken_out) > whole


def _firmly(belief: Belief) -> str:
    entity, probability = max(belief.items(), key=lambda one: (one[1], one[0]), default=("", 0.0))
    return entity if probability >= _SURE else ""


def _one_step(mention: Mention, firmly: Mapping[str, str]) -> dict[str, float]:
    """The shares of those whom the antecedents mean; "" is nobody."""
    scale = 1 / max(_SMALL, sum(share for _, share in mention.antecedents))
    shares: defaultdict[str, float] = defaultdict(float)
    for antecedent, share in mention.antecedents:
        shares[firmly.get(antecedent, "")] += share * scale
    return shares


def _named_next(sentences: Sequence[int], sentence: int) -> bool:
    place = bisect_right(sentences, sentence)
    return place < len(sentences) and sentences[place] - sentence <= _NEXT
