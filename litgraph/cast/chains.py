"""Whom pronouns and noun phrases mean: entities travel from the names of a coreference chain to the rest of it.

A reader's chain errs now and then, so it is not one entity as a whole: each mention follows the name nearest to it, and
not into what its own words deny ("she" is not Mr. Bennet, nor "he" Longbourn). What people are called in their chains
also tells the gender of those whose names do not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from litgraph.cast.kinship import Families, kin_phrase
from litgraph.names.grammar import parse_name
from litgraph.types import PLACE_LABELS, Cast, Entity, Gender, Mention

_Sort = Literal["he", "she", "speaker", "hearer", "several", "other"]

_WORDS: tuple[tuple[_Sort, str], ...] = (
    ("he", "he him his himself hisself"),
    ("she", "she her hers herself"),
    ("speaker", "i me my mine myself"),
    ("hearer", "you your yours yourself ye thou thee thy thine thyself"),
    ("several", "we us our ours ourselves they them their theirs themselves yourselves"),
)
_SORT_OF = {word: sort for sort, words in _WORDS for word in words.split()}

# Sentences from a name to the pronouns that follow it, and to those before it. Inside quotations of ten development
# novels of PDNC, "he" meant whom its chain said in 66 % of the cases in the sentence of the name, in 34 % at 13 to 20
# sentences from it and in 17 % beyond; where the name came after it, in 17 %. (A reader after one epoch of training.)
_REACH, _REACH_BACK = 20, 2
# How certain a link must be, at least. Of "he" and "she" outside of quotations in LitBank's development passages those
# below .4 meant whom their chain said in 22 % of the cases, those from .4 to .6 in 65 %, those above in 78 %.
_CERTAIN = 0.5
# From how many pronouns a gender is told, and how many of them must agree: a stray one is the reader's error.
_GENDER_FROM = 3  # pronouns
_GENDER_SHARE = 0.75

_NOBODY = ""

_Wanted = tuple[_Sort, str]
"""What a mention's own words say of whom it means: the sort of word, and its label."""


def follow_chains(cast: Cast, mentions: Sequence[Mention], *, genders_told: Container[str] = ()) -> Cast:
    """The cast with the pronouns and noun phrases of the chains that its names stand in.

    A mention that is no name means whom the nearest name before it in its chain means, among those that its words do
    not contradict; if none stands before it, the nearest after it. Names that are far away do not count, nor do links
    that are not certain enough; a chain without a name stays outside of the cast. Phrases such as "his wife" must agree
    with what "he" and she are called (``litgraph.cast.kinship``). Ids, names, aliases and the order of the entities do
    not change; their figures do, and genders become known.

    Args:
        cast: who the names mean.
        mentions: of the whole book, in text order; those that the cast was made from.
        genders_told: ids of entities whose gender a person decided.
    """
    chains: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.chain:
            chains[mention.chain].append(mention)
    if not chains:
        return cast
    by_id = {entity.id: entity for entity in cast.entities}
    genders = _genders(_attached(chains, cast, by_id), by_id, genders_told)
    by_id = {entity.id: replace(entity, gender=genders.get(entity.id, entity.gender)) for entity in cast.entities}
    entity_of = dict(cast.entity_of)
    entity_of.update((mention.id, entity) for mention, entity in _attached(chains, cast, by_id))
    entity_of.update(_relatives(mentions, chains, cast, entity_of, Families(by_id.values())))
    in_order = [(mention, entity_of[mention.id]) for mention in mentions if mention.id in entity_of]
    chapters: defaultdict[str, list[int]] = defaultdict(list)
    for mention, entity in in_order:
        chapters[entity].append(mention.chapter)
    entities = (
        replace(entity, mentions=len(found), first=min(found), last=max(found))
        for entity in by_id.values()
        for found in (chapters[entity.id],)
    )
    return Cast(tuple(entities), {mention.id: entity for mention, entity in in_order})


def may_mean(mention: Mention, entity: Entity) -> bool:
    """Do the words and the label of a pronoun or noun phrase allow it to mean the entity?"""
    return _allowed(_wanted(mention), entity)


def _attached(
    chains: dict[str, list[Mention]], cast: Cast, entities: dict[str, Entity]
) -> Iterator[tuple[Mention, str]]:
    """The pronouns and noun phrases that the chains give to entities; each chain is gone through once."""
    for chain in chains.values():
        named = [_named(mention, cast) for mention in chain]
        if not any(named):
            continue
        sorts = sorted({_wanted(mention) for mention, name in zip(chain, named, strict=True) if name is None})
        before: dict[_Wanted, tuple[str, int]] = {}  # the nearest name, and its sentence
        waiting: defaultdict[_Wanted, list[Mention]] = defaultdict(list)
        for mention, name in zip(chain, named, strict=True):
            if name is None and (mention.certainty < _CERTAIN or kin_phrase(mention.text)):
                continue
            if name is None:
                wanted = _wanted(mention)
                nearest, sentence = before.get(wanted, (None, 0))
                if nearest is None:
                    waiting[wanted].append(mention)
                elif nearest != _NOBODY and mention.sentence - sentence <= _REACH:
                    yield mention, nearest
                continue
            for wanted in sorts:
                if name == _NOBODY or _allowed(wanted, entities[name]):
                    before[wanted] = name, mention.sentence
                    for earlier in waiting.pop(wanted, ()):
                        if name != _NOBODY and mention.sentence - earlier.sentence <= _REACH_BACK:
                            yield earlier, name


def _relatives(
    mentions: Sequence[Mention],
    chains: Mapping[str, Sequence[Mention]],
    cast: Cast,
    entity_of: Mapping[str, str],
    families: Families,
) -> Iterator[tuple[str, str]]:
    """Whom the phrases of kinship mean whose possessor is known: (mention, entity)."""
    possessors = {
        place: entity_of[mention.id]
        for mention in reversed(mentions)  # of those that begin together the longest, which is the first, stays
        if mention.id in entity_of
        for place in ((mention.start, True), (mention.end, False))
    }
    named = {
        chain: [(mention, name) for mention in members for name in (_named(mention, cast),) if name]
        for chain, members in chains.items()
    }
    for mention in mentions:
        phrase = kin_phrase(mention.text) if mention.form == "noun" else None
        if phrase is None or mention.id in cast.entity_of:
            continue
        possessor = possessors.get((mention.end, False) if phrase.possessor_last else (mention.start, True))
        if possessor is None:
            continue
        entity = families.by_name(phrase, possessor) if phrase.kin == "spouse" else None
        if entity is None and mention.certainty >= _CERTAIN:
            entity = _nearest(
                mention, named.get(mention.chain, []), partial(families.may_be, phrase, possessor=possessor)
            )
        entity = entity or families.by_name(phrase, possessor)
        if entity is not None:
            yield mention.id, entity


def _nearest(mention: Mention, named: Sequence[tuple[Mention, str]], fits: Callable[[str], bool]) -> str | None:
    """The entity of the nearest name before the mention that fits, or else after it; None if all are far away."""
    here = bisect_left(named, mention.start, key=lambda pair: pair[0].start)
    for other, entity in reversed(named[:here]):
        if mention.sentence - other.sentence > _REACH:
            break
        if fits(entity):
            return entity
    for other, entity in named[here:]:
        if other.sentence - mention.sentence > _REACH_BACK:
            break
        if fits(entity):
            return entity
    return None


def _named(mention: Mention, cast: Cast) -> str | None:
    """The entity that a mention means by its name; "" for a name that a person took out of the cast.

    None for what names nobody: pronouns, noun phrases, and forms of address such as "Madam".
    """
    entity = cast.entity_of.get(mention.id)
    if entity is None and mention.form == "name" and parse_name(mention.text) is not None:
        return _NOBODY
    return entity


def _wanted(mention: Mention) -> _Wanted:
    return _SORT_OF.get(mention.text.casefold(), "other"), mention.label


def _allowed(wanted: _Wanted, entity: Entity) -> bool:
    sort, label = wanted
    if entity.kind == "character":
        right = not (sort == "several" or (sort == "he" and entity.gender == "female"))
        return right and not (sort == "she" and entity.gender == "male") and (label == "PER" or label == "ORG")
    if entity.kind == "group":
        return sort in ("hearer", "several", "other") and (label == "PER" or label == "ORG")
    if entity.kind == "vehicle":
        return sort in ("she", "other") and label != "PER"  # a ship is a she
    return sort in ("several", "other") and (label in PLACE_LABELS or label in ("ORG", "VEH"))


def _genders(
    attached: Iterator[tuple[Mention, str]], entities: dict[str, Entity], told: Container[str]
) -> dict[str, Gender]:
    """The genders of characters of unknown gender whom their chains clearly call "he" or "she"."""
    votes: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for mention, id_ in attached:
        sort = _wanted(mention)[0]
        if sort in ("he", "she"):
            votes[id_]["male" if sort == "he" else "female"] += 1
    genders: dict[str, Gender] = {}
    for id_, counts in votes.items():
        entity = entities[id_]
        if entity.kind != "character" or entity.gender != "unknown" or entity.ambiguous or id_ in told:
            continue
        gender, times = counts.most_common(1)[0]
        if times >= _GENDER_FROM and times >= _GENDER_SHARE * counts.total():
            genders[id_] = gender
    return genders
