"""Whom each mention probably means: what is known of names travels along the reader's links to all other mentions.

A reader gives each mention some earlier ones that it may mean the same as, each with a probability. The names mean
members of the cast. So a pronoun means one of the cast as far as its antecedents do, and a noun phrase before a name
("a gentleman … Mr. Bingley") as far as the name that follows leads back to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from litgraph.cast.meant.words import GENDER_OF, sort_of
from litgraph.speech.present import Belief as Belief
from litgraph.types import Mention

NOBODY: Belief = {}
_MOST = 6  # entities that a mention may mean
_HARDLY = 0.01
_DECIMALS = 3


def likeliest(belief: Belief, at_least: float) -> tuple[str, float]:
    """The likeliest entity and its certainty; "" and 0 if none reaches what is asked for."""
    entity, certainty = max(belief.items(), key=lambda one: (one[1], one[0]), default=("", 0.0))
    return (entity, round(min(1.0, certainty), _DECIMALS)) if certainty >= at_least else ("", 0.0)


def onwards(
    mentions: Sequence[Mention],
    known: Mapping[str, Belief],
    ahead: Mapping[str, Belief],
    fits: Callable[[Mention, str], bool],
) -> dict[str, Belief]:
    """Whom each mention means, from each to the later ones that it is an antecedent of.

    Args:
        mentions: in text order.
        known: mention id -> belief, of those whose links do not count: names, "I" in a speech.
        ahead: what later mentions say of earlier ones (``from_later``); it fills what their antecedents leave open.
        fits: may the mention mean the entity, as far as its own words tell?
    """
    found: dict[str, Belief] = {}
    for mention in mentions:
        id_ = mention.id
        if id_ in known:
            found[id_] = known[id_]
            continue
        total: dict[str, float] = {}
        # "He" and "she" are never new; what the reader doubts is which of the earlier ones they mean.
        scale = 1.0
        if sort_of(mention) in GENDER_OF:
            scale = 1 / max(_HARDLY, sum(share for _, share in mention.antecedents))
        for antecedent, share in mention.antecedents:
            for entity, probability in found.get(antecedent, NOBODY).items():
                total[entity] = total.get(entity, 0.0) + scale * share * probability
        later = ahead.get(id_)
        if later:
            missing = max(0.0, 1 - sum(total.values()))
            for entity, probability in later.items():
                total[entity] = total.get(entity, 0.0) + missing * probability
        found[id_] = _narrowed(total, [entity for entity in total if fits(mention, entity)]) if total else NOBODY
    return found


def _narrowed(belief: Belief, fitting: Sequence[str]) -> Belief:
    """The likeliest few of those who fit, who share what was the others'."""
    kept = [(belief[entity], entity) for entity in fitting]
    if len(kept) > _MOST:
        kept = sorted(kept, key=lambda one: (-one[0], one[1]))[:_MOST]
    weight = sum(probability for probability, _ in kept)
    if weight < _HARDLY:
        return NOBODY
    scale = min(1.0, sum(belief.values())) / weight
    return {entity: probability * scale for probability, entity in kept if probability * scale >= _HARDLY}


def from_later(mentions: Sequence[Mention], known: Mapping[str, Belief]) -> dict[str, Belief]:
    """For mentions that are not known, what the known ones say that lead back to them.

    Args:
        mentions: in text order.
        known: as for ``onwards``.
    """
    told: dict[str, dict[str, float]] = {}
    weight: defaultdict[str, float] = defaultdict(float)
    for mention in reversed(mentions):
        own = known[mention.id] if mention.id in known else told.get(mention.id)
        if not own:
            continue
        for antecedent, share in mention.antecedents:
            if antecedent not in known:
                sums = told.setdefault(antecedent, {})
                weight[antecedent] += share
                for entity, probability in own.items():
                    sums[entity] = sums.get(entity, 0.0) + share * min(1.0, probability)
    return {
        id_: {entity: value / max(1.0, weight[id_]) for entity, value in sums.items()} for id_, sums in told.items()
    }
