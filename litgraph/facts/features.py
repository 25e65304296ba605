"""What speaks for and against a fact, as a few readable numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from typing import Literal

from litgraph.cast.kin.words import Kin, find_kin
from litgraph.facts.claims import PARENT, Claim, Key
from litgraph.facts.evidence import Evidence, pair

FactFamily = Literal["kin", "love", "social", "roles", "places", "others"]
Features = Mapping[str, float]

KIN = (PARENT, "sibling_of", "spouse_of", "relative_of", "adopted_by")
LOVE = ("lover_of",)
SOCIAL = ("friend_of", "companion_of", "enemy_of", "rival_of")
ROLES = (
    "employer_of",
    "teacher_of",
    "mentor_of",
    "protector_of",
    "inspires",
    "sacrifices_for",
    "leader_of",
    "member_of",
)
PLACES = ("lives_in", "lived_in", "born_in", "visits", "travel_to", "owns", "based_in", "located_in", "part_of")

FAMILY_OF: Mapping[str, FactFamily] = {
    **dict.fromkeys(KIN, "kin"),
    **dict.fromkeys(LOVE, "love"),
    **dict.fromkeys(SOCIAL, "social"),
    **dict.fromkeys(ROLES, "roles"),
    **dict.fromkeys(PLACES, "places"),
}
_FRIENDLY, _HOSTILE = frozenset(SOCIAL[:2]), frozenset(SOCIAL[2:])
_ONE_OF_EACH: Mapping[str, str] = {"spouse_of": "wife", "sibling_of": "sister", PARENT: "parent"}


def family_of(relation: str) -> FactFamily:
    """The family that a relation is weighed with."""
    return FAMILY_OF.get(relation, "others")


def features(key: Key, evidence: Evidence, believed: Mapping[Key, float], follows: float = 0.0) -> dict[str, float]:
    """What speaks for and against a fact.

    Args:
        key: the fact.
        evidence: of the book.
        believed: what was believed of other facts before; empty at first.
        follows: how likely it follows from them, 0 to 1.
    """
    head, relation, tail = key
    claims = evidence.claims.get(key, ())
    of_pair = [one for one in evidence.of_pair.get(pair(head, tail), ()) if one != key]
    found = {relation: 1.0} | _said(claims)
    for name, value in (
        ("follows", follows),
        ("talk", log1p(evidence.talk.get(pair(head, tail), 0))),
        ("met", log1p(evidence.met.get(pair(head, tail), 0))),
        ("otherwise kin", _strongest(evidence, (one for one in of_pair if family_of(one[1]) == "kin"))),
        ("otherwise loved", _strongest(evidence, (one for one in of_pair if family_of(one[1]) == "love"))),
        ("otherwise friendly", _strongest(evidence, (one for one in of_pair if one[1] in _FRIENDLY))),
        ("otherwise hostile", _strongest(evidence, (one for one in of_pair if one[1] in _HOSTILE))),
        ("believed kin", max((believed.get(one, 0.0) for one in of_pair if family_of(one[1]) == "kin"), default=0.0)),
        ("ambiguous", float(any(evidence.entities[one].ambiguous for one in (head, tail)))),
        ("little known", 1 / (1 + min(evidence.entities[one].mentions for one in (head, tail)) / 10)),
    ):
        found[name] = value
    if relation in PLACES:
        found |= _of_place(key, of_pair, evidence)
    if relation in LOVE:
        found |= _of_weddings(key, evidence)
    if family_of(relation) == "kin":
        told = [one.confidence for one in claims if one.form == "sentence" and one.id not in evidence.spoken]
        found |= _by_names(key, evidence) | {"told": max(told, default=0.0), "told in all": log1p(sum(told))}
    return {name: round(value, 4) for name, value in found.items() if value}


def strength(claims: Iterable[Claim]) -> float:
    """How sure the surest claim is, 0 to 1."""
    return max((claim.confidence for claim in claims), default=0.0)


def _said(claims: Sequence[Claim]) -> dict[str, float]:
    sentences = [claim for claim in claims if claim.form == "sentence"]
    phrases = [claim for claim in claims if claim.form == "phrase"]
    return {
        "said": strength(sentences),
        "said in all": log1p(sum(claim.confidence for claim in sentences)),
        "said by name": strength(claim for claim in sentences if claim.named == 2),
        "chapters": log1p(len({window.chapter for claim in sentences for window in claim.windows})),
        "kin phrase": strength(phrases),
        "kin phrases": log1p(sum(claim.confidence * len(claim.windows) for claim in phrases if claim.named)),
        "kin phrase likely": max(0.0, strength(phrases) - 0.5) * 2,
        "kin slots": sum(claim.confidence for claim in phrases) - strength(phrases),
        "called so": log1p(sum(claim.form == "address" for claim in claims)),
        "titled": log1p(sum(claim.form == "title" for claim in claims)),
        "by name": float(any(claim.form == "names" for claim in claims)),
    }


def _strongest(evidence: Evidence, keys: Iterable[Key]) -> float:
    return max((strength(evidence.claims[key]) for key in keys), default=0.0)


def _of_place(key: Key, of_pair: Sequence[Key], evidence: Evidence) -> dict[str, float]:
    """What else is claimed of somebody and the place, and of either and others: all was judged by family."""
    there = [one for one in of_pair if one[1] in PLACES]
    claims = [claim for one in (key, *there) for claim in evidence.claims.get(one, ())]
    every = [claim.confidence for claim in claims]
    told = [claim.confidence for claim in claims if claim.id not in evidence.spoken]
    places = [one for one in evidence.about.get(key[0], ()) if one[1] in PLACES]
    people = [one for one in evidence.about.get(key[2], ()) if one[1] in PLACES]
    return {
        "otherwise there": _strongest(evidence, there),
        "there in all": log1p(sum(every)),
        "there often": log1p(len(every)),
        "told there": log1p(sum(told)),
        "told there, at most": max(told, default=0.0),
        "places": log1p(len({one[2] for one in places})),
        "people there": log1p(len({one[0] for one in people})),
        "met share": evidence.met.get(pair(key[0], key[2]), 0) / (1 + evidence.entities[key[2]].mentions),
    }


def _of_weddings(key: Key, evidence: Evidence) -> dict[str, float]:
    """What is said of a wedding of the two, and beside what is said of either and somebody else."""
    couple = pair(key[0], key[2])
    talk = evidence.weddings.of(couple)
    return {
        "wedding": log1p(talk.said),
        "wedding late": log1p(talk.late),
        "wedding share": talk.said / (talk.said + evidence.weddings.rival(couple) + 1),
    }


def _by_names(key: Key, evidence: Evidence) -> dict[str, float]:
    """What names and genders say of kin, and who else fills the place."""
    head, relation, tail = key
    families = evidence.families
    if head not in families or tail not in families:
        return {"no person": 1.0}
    denied = False
    if relation in _ONE_OF_EACH:
        kin = _kin(_ONE_OF_EACH[relation])
        denied = families.names_deny(kin, head, tail) or (relation == "spouse_of" and not _may_marry(evidence, key))
    return {
        "one surname": float(families.share_name(head, tail)),
        "plain couple": float(relation == "spouse_of" and families.plain_couple(head, tail)),
        "names deny": float(denied),
        "somebody else": _somebody_else(key, evidence),
    }


def _kin(word: str) -> Kin:
    if word == "parent":
        return Kin("parent", "parent", "unknown")
    found = find_kin(word)
    assert found is not None  # both are in the table
    return Kin(found.word, found.bond, "unknown")


def _may_marry(evidence: Evidence, key: Key) -> bool:
    genders = [evidence.entities[one].gender for one in (key[0], key[2])]
    return "unknown" in genders or genders[0] != genders[1]


def _somebody_else(key: Key, evidence: Evidence) -> float:
    """How surely another fills a place that only one can: a spouse of either, or a parent of that gender."""
    head, relation, tail = key
    if relation not in ("spouse_of", PARENT):
        return 0.0
    best = 0.0
    for other in (*evidence.about.get(head, ()), *evidence.about.get(tail, ())):
        if other[1] != relation or other == key:
            continue
        if relation == PARENT:
            same = evidence.entities[other[0]].gender == evidence.entities[head].gender
            rival = other[2] == tail and same
        else:
            rival = True
        if rival:
            best = max(best, strength(evidence.claims[other]))
    return best
