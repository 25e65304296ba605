"""Whom pronouns and noun phrases mean: entities travel from the names of a coreference chain to the rest of it.

A reader's chain errs now and then, so it is not one entity as a whole: each mention follows the name nearest to it, and
not into what its own words deny ("she" is not Mr. Bennet, nor "he" Longbourn). What people are called in their chains
also tells the gender of those whose names do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from litgraph.cast.kin.fill import fill_slots
from litgraph.cast.kin.phrases import kin_phrase
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

_GENDER_OF_SORT: dict[_Sort, Gender] = {"he": "male", "she": "female"}
_SORTS_DENIED: dict[Gender, tuple[_Sort, ...]] = {
    "female": ("he", "several"),
    "male": ("she", "several"),
    "unknown": ("several",),
}
_PEOPLE_LABELS = frozenset({"PER", "ORG"})
_THING_LABELS = PLACE_LABELS | {"ORG", "VEH"}

_NOBODY = ""

_Wanted = tuple[_Sort, str]
"""What a mention's own words say of whom it means: the sort of word, and its label."""


def follow_chains(
    cast: Cast, mentions: Sequence[Mention], *, text: str = "", genders_told: Container[str] = ()
) -> Cast:
    """The cast with the pronouns and noun phrases of the chains that its names stand in.

    A mention that is no name means whom the nearest name before it in its chain means, among those that its words do
    not contradict; if none stands before it, the nearest after it. Names that are far away do not count, nor do links
    that are not certain enough; a chain without a name stays outside of the cast. Phrases such as "his wife" are
    decided from all their places in the book (``litgraph.cast.kin``). Ids, names, aliases and the order of the entities
    do not change; their figures do, and genders become known.

    Args:
        cast: who the names mean.
        mentions: of the whole book, in text order; those that the cast was made from.
        text: ``Book.text``; with it, the words around a phrase of kinship help to tell whom it means.
        genders_told: ids of entities whose gender a person decided.
    """
    chains = _chains(mentions)
    if not chains:
        return cast
    by_id = {entity.id: entity for entity in cast.entities}
    genders = _genders(_links(chains, cast, by_id), by_id, genders_told)
    by_id = {entity.id: replace(entity, gender=genders.get(entity.id, entity.gender)) for entity in cast.entities}
    entity_of = dict(cast.entity_of)
    entity_of.update((mention.id, entity) for mention, entity in _links(chains, cast, by_id))
    kin = fill_slots(mentions, entity_of, tuple(by_id.values()), text, speakers=None)
    entity_of.update((mention, meaning.entity) for mention, meaning in kin.meant.items())
    return _cast(by_id.values(), mentions, entity_of)


def _chains(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    chains: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.chain:
            chains[mention.chain].append(mention)
    return dict(chains)


def _cast(entities: Iterable[Entity], mentions: Sequence[Mention], entity_of: Mapping[str, str]) -> Cast:
    """The cast with its figures counted anew."""
    in_order = [(mention, entity_of[mention.id]) for mention in mentions if mention.id in entity_of]
    chapters: defaultdict[str, list[int]] = defaultdict(list)
    for mention, entity_id in in_order:
        chapters[entity_id].append(mention.chapter)
    return Cast(
        tuple(_counted(entity, chapters[entity.id]) for entity in entities),
        {mention.id: entity_id for mention, entity_id in in_order},
    )


def _counted(entity: Entity, chapters: Sequence[int]) -> Entity:
    """The entity, with the figures of mentions that stand in such chapters."""
    return replace(entity, mentions=len(chapters), first=min(chapters), last=max(chapters))


def _links(
    chains: Mapping[str, Sequence[Mention]], cast: Cast, entities: Mapping[str, Entity]
) -> Iterator[tuple[Mention, str]]:
    """The pronouns and noun phrases that the chains give to entities; each chain is gone through once."""
    for chain in chains.values():
        with_names = [(mention, _entity_named(mention, cast)) for mention in chain]
        if any(name for _, name in with_names):
            yield from _links_of_chain(with_names, entities)


def _links_of_chain(
    chain: Sequence[tuple[Mention, str | None]], entities: Mapping[str, Entity]
) -> Iterator[tuple[Mention, str]]:
    """The pronouns and noun phrases of one chain, each with the entity of the nearest name that its words allow.

    Args:
        chain: its mentions in text order, and whom each means by its name, as ``_entity_named`` has it.
        entities: by id.
    """
    sorts = sorted({_wanted(mention) for mention, name in chain if name is None})
    before: dict[_Wanted, tuple[str, int]] = {}  # the nearest name, and its sentence
    waiting: defaultdict[_Wanted, list[Mention]] = defaultdict(list)
    for mention, name in chain:
        if name is not None:
            for wanted in sorts:
                if name == _NOBODY or _allowed(wanted, entities[name]):
                    before[wanted] = name, mention.sentence
                    yield from _links_back(name, mention, waiting.pop(wanted, ()))
        elif mention.certainty >= _CERTAIN and not kin_phrase(mention.text):
            wanted = _wanted(mention)
            if wanted not in before:
                waiting[wanted].append(mention)
            elif (entity := _within_reach(mention, *before[wanted])) != _NOBODY:
                yield mention, entity


def _links_back(entity: str, name: Mention, earlier: Iterable[Mention]) -> Iterator[tuple[Mention, str]]:
    """Those of the mentions before a name that stand near enough to mean its entity."""
    for mention in earlier:
        if entity != _NOBODY and name.sentence - mention.sentence <= _REACH_BACK:
            yield mention, entity


def _within_reach(mention: Mention, entity: str, sentence: int) -> str:
    """The entity of a name that stands in a sentence before a mention; ``_NOBODY`` if that is too far away."""
    return entity if mention.sentence - sentence <= _REACH else _NOBODY


def _entity_named(mention: Mention, cast: Cast) -> str | None:
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
    """May a word of the sort and the label mean the entity?"""
    sort, label = wanted
    if entity.kind == "character":
        return label in _PEOPLE_LABELS and sort not in _SORTS_DENIED[entity.gender]
    if entity.kind == "group":
        return label in _PEOPLE_LABELS and sort in ("hearer", "several", "other")
    if entity.kind == "vehicle":
        return label != "PER" and sort in ("she", "other")  # a ship is a she
    return label in _THING_LABELS and sort in ("several", "other")


def _genders(
    links: Iterable[tuple[Mention, str]], entities: Mapping[str, Entity], decided: Container[str]
) -> dict[str, Gender]:
    """The genders of characters of unknown gender whom their chains clearly call "he" or "she".

    Args:
        links: pronouns and noun phrases, and whom they mean.
        entities: by id.
        decided: ids of entities whose gender a person decided.
    """
    votes: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for mention, id_ in links:
        if gender := _GENDER_OF_SORT.get(_wanted(mention)[0]):
            votes[id_][gender] += 1
    genders: dict[str, Gender] = {}
    for id_, counts in votes.items():
        gender, times = counts.most_common(1)[0]
        clear = times >= _GENDER_FROM and times >= _GENDER_SHARE * counts.total()
        if clear and id_ not in decided and _has_open_gender(entities[id_]):
            genders[id_] = gender
    return genders


def _has_open_gender(entity: Entity) -> bool:
    return entity.kind == "character" and entity.gender == "unknown" and not entity.ambiguous
