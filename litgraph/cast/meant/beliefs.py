"""Whom each mention probably means: what is known of names travels along the reader's links to all other mentions.

A reader gives each mention some earlier ones that it may mean the same as, each with a probability. The names mean
members of the cast. So a pronoun means one of the cast as far as its antecedents do, and a noun phrase before a name
("a gentleman … Mr. Bingley") as far as the name that follows leads back to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from litgraph.cast.meant.words import GENDER_OF, sort_of
from litgraph.types import Mention

Belief = Mapping[str, float]
"""Entity ids with probabilities; what is missing to 1 is nobody's."""

NOBODY: Belief = {}
_MOST = 6  # entities that a mention may mean
_HARDLY = 0.01


def beliefs(
    mentions: Sequence[Mention], known: Mapping[str, Belief], fits: Callable[[Mention, str], bool]
) -> dict[str, Belief]:
    """Whom each mention means, as far as the reader's links lead to mentions that are known.

    Args:
        mentions: in text order.
        known: mention id -> belief, of those whose links do not count: names, "I" in a speech.
        fits: may the mention mean the entity, as far as its own words tell?
    """
    found: dict[str, Belief] = {}
    ahead: Mapping[str, Belief] = {}
    for _ in range(2):
        for mention in mentions:
            found[mention.id] = known[mention.id] if mention.id in known else _believed(mention, found, ahead, fits)
        ahead = _from_later(mentions, found, known)
    return found


def _believed(
    mention: Mention, found: Mapping[str, Belief], ahead: Mapping[str, Belief], fits: Callable[[Mention, str], bool]
) -> Belief:
    total: defaultdict[str, float] = defaultdict(float)
    # "He" and "she" are never new; what the reader doubts is which of the earlier ones they mean.
    scale = 1.0
    if sort_of(mention) in GENDER_OF:
        scale = 1 / max(_HARDLY, sum(share for _, share in mention.antecedents))
    for antecedent, share in mention.antecedents:
        for entity, probability in found.get(antecedent, NOBODY).items():
            total[entity] += scale * share * probability
    missing = max(0.0, 1 - sum(total.values()))
    for entity, probability in ahead.get(mention.id, NOBODY).items():
        total[entity] += missing * probability
    return _sharpened(narrowed(total, lambda entity: fits(mention, entity)))


_SHARP = 1.0


def _sharpened(belief: Belief) -> Belief:
    nobody = max(0.0, 1 - sum(belief.values())) ** _SHARP
    powers = {entity: probability**_SHARP for entity, probability in belief.items()}
    whole = nobody + sum(powers.values())
    return {entity: power / whole for entity, power in powers.items() if power / whole >= _HARDLY}


def narrowed(belief: Belief, fits: Callable[[str], bool]) -> Belief:
    """A belief without those who do not fit, whose share goes to the others; the likeliest few of them."""
    fitting = {entity: probability for entity, probability in belief.items() if fits(entity)}
    kept = sorted(fitting.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
    weight = sum(probability for _, probability in kept)
    if weight < _HARDLY:
        return NOBODY
    scale = min(1.0, sum(belief.values())) / weight
    return {entity: probability * scale for entity, probability in kept if probability * scale >= _HARDLY}


def _from_later(
    mentions: Iterable[Mention], found: Mapping[str, Belief], known: Mapping[str, Belief]
) -> dict[str, Belief]:
    """For mentions that are not known, what those say that lead back to them."""
    told: dict[str, defaultdict[str, float]] = {}
    weight: defaultdict[str, float] = defaultdict(float)
    for mention in reversed(list(mentions)):
        own = found[mention.id] if mention.id in known else told.get(mention.id, NOBODY)
        if not own:
            continue
        for antecedent, share in mention.antecedents:
            if antecedent not in known:
                sums = told.setdefault(antecedent, defaultdict(float))
                weight[antecedent] += share
                for entity, probability in own.items():
                    sums[entity] += share * min(1.0, probability)
    return {
        id_: {entity: value / max(1.0, weight[id_]) for entity, value in sums.items()} for id_, sums in told.items()
    }
