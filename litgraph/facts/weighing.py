"""From all claims of a book to its facts: weighed, settled, and with what follows."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from litgraph.facts.belief import (
    USUAL_MINIMUM,
    Numbers,
    Weights,
    belief,
    combined_confidence,
    usual_minimum,
)
from litgraph.facts.claims import BY_HAND, FITTED_FOR, OWN_SOURCES, PARENT, Key
from litgraph.facts.evidence import Evidence
from litgraph.facts.features import Features, family_of, features
from litgraph.facts.inference import Derived, derived
from litgraph.facts.settling import settled
from litgraph.types import Fact

_DECIMALS = 4
_LEAST = 0.01  # belief below which something that only follows is not worth a line


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is believed of a book.

    Attributes:
        first: how likely each claimed fact is by its own evidence.
        believed: how likely each fact is, claimed or not, with what follows from others.
        derived: how facts follow from others.
        yielding: facts that were claimed and cannot hold beside a likelier one, and that one.
    """

    first: Mapping[Key, float]
    believed: Mapping[Key, float]
    derived: Mapping[Key, Derived]
    yielding: Mapping[Key, Key]


def first_beliefs(evidence: Evidence, weights: Weights) -> dict[Key, float]:
    """How likely each claimed fact is by its own evidence."""
    return {
        key: _believed(key, features(key, evidence, {}), evidence, weights.first) for key in sorted(evidence.claims)
    }


def _believed(key: Key, found: Features, evidence: Evidence, numbers: Mapping[str, Numbers]) -> float:
    """By the model, or as surely as sentences claim it that no model was fitted for: those of other labellers.

    A person's word is final.
    """
    if key in evidence.by_hand:
        return float(evidence.by_hand[key])
    family = family_of(key[1])
    claims = (claim for claim in evidence.claims.get(key, ()) if claim.form == "sentence")
    taken = [claim.confidence for claim in claims if family == "others" or not claim.source.startswith(FITTED_FOR)]
    return max(belief(family, found, numbers), combined_confidence(taken))


def consequences(
    believed: Mapping[Key, float], genders: Mapping[str, str], denied: Container[Key] = frozenset()
) -> dict[Key, Derived]:
    """What follows from facts that hold together, and from what follows.

    Args:
        believed: how likely each fact is.
        genders: by id of an entity.
        denied: what a person denies, so that nothing follows from it either.
    """
    yielding = settled(believed, genders)
    premises = {key: likely for key, likely in believed.items() if key not in yielding and family_of(key[1]) == "kin"}
    near = derived(premises, genders)
    only_derived = {key: one for key, one in near.items() if key not in denied and one.likely > premises.get(key, 0.0)}
    for key, one in only_derived.items():
        premises[key] = one.likely
    return derived(premises, genders, only_derived) | near


def weigh(evidence: Evidence, weights: Weights) -> Weighed:
    """Believe, settle what excludes each other, and see what follows."""
    genders = {id_: entity.gender for id_, entity in evidence.entities.items()}
    first = first_beliefs(evidence, weights)
    follows = consequences(first, genders, {key for key, asserted in evidence.by_hand.items() if not asserted})
    believed = {}
    for key in sorted({**first, **follows}):
        likely = follows[key].likely if key in follows else 0.0
        found = features(key, evidence, first, likely)
        own = _believed(key, found, evidence, weights.second)
        believed[key] = own if key in evidence.by_hand else max(own, likely)  # it holds where its premises do
    return Weighed(first, believed, follows, settled(believed, genders))


def facts_of(evidence: Evidence, weights: Weights) -> tuple[Fact, ...]:
    """All that is claimed of a book, and what follows, each with how likely the book holds it.

    Args:
        evidence: of the book.
        weights: what counts how much.

    Returns:
        Facts in the order of head, relation and tail.
    """
    weighed = weigh(evidence, weights)
    wanted = {
        key: name
        for key in weighed.believed
        if weighed.believed[key] >= _LEAST or key in evidence.claims
        for name in (in_vocabulary(key, evidence),)
    }
    ids = {key: f"f{number}" for number, key in enumerate(sorted(wanted, key=wanted.__getitem__))}
    return tuple(_fact(key, wanted[key], evidence, weighed, ids) for key in ids)


def least_confidence(fact: Fact) -> float:
    """The confidence from which a fact is an edge, if nobody says otherwise.

    What was measured holds for the literary reader, and not for what another labeller claims.
    """
    known = (*OWN_SOURCES, BY_HAND)
    if any(one not in known and not one.startswith(FITTED_FOR) for one in fact.sources):
        return USUAL_MINIMUM
    return usual_minimum(family_of(fact.relation))


def in_vocabulary(key: Key, evidence: Evidence) -> Key:
    """The fact as the vocabulary has it: a father, a mother, or somebody's child where nobody knows which."""
    head, relation, tail = key
    if relation != PARENT:
        return key
    gender = evidence.entities[head].gender
    if gender == "unknown":
        return tail, "child_of", head
    return head, "parent_father_of" if gender == "male" else "parent_mother_of", tail


def _fact(key: Key, name: Key, evidence: Evidence, weighed: Weighed, ids: Mapping[Key, str]) -> Fact:
    claims = evidence.claims.get(key, ())
    premises: tuple[Key, ...] = ()
    if key in weighed.derived and weighed.first.get(key, 0.0) < weighed.derived[key].likely:
        premises = tuple(one for one in weighed.derived[key].because if one in ids)
    confidence = weighed.believed[key]
    winner = weighed.yielding.get(key)
    if winner is not None:
        confidence = min(confidence, 1 - weighed.believed[winner])
    sources = {BY_HAND} if key in evidence.by_hand else set()
    told = [claim for one in (key, *(() if claims else premises)) for claim in evidence.claims.get(one, ())]
    windows = sorted({window for claim in told for window in claim.windows}, key=lambda one: (one.start, one.end))
    chapters = tuple(sorted({window.chapter for window in windows}))
    return Fact(
        ids[key],
        *name,
        confidence=round(confidence, _DECIMALS),
        basis="stated" if claims else "inferred",
        claims=tuple(claim.id for claim in claims),
        because=tuple(ids[one] for one in premises),
        against=ids.get(winner, "") if winner else "",
        chapters=chapters,
        from_chapter=chapters[0] if chapters else 0,
        to_chapter=chapters[-1] if chapters else 0,
        evidence=tuple((window.chapter, window.start, window.end) for window in windows),
        sources=tuple(sorted(sources.union(claim.source for claim in told))),
        words=tuple(sorted({claim.raw for claim in claims if claim.raw})),
    )
