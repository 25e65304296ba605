"""All that bears on how the people and places of one book are related, ready to be weighed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from litgraph.cast.file.said import SaidFact
from litgraph.cast.kin.address import family_addresses
from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.slots import KinSlot
from litgraph.facts.claims import (
    FITTED_FOR,
    Claim,
    Key,
    address_claims,
    one_writing,
    person_claims,
    phrase_claims,
    sentence_claims,
)
from litgraph.facts.surnames import name_claims
from litgraph.facts.titles import title_claims
from litgraph.facts.weddings import Weddings, weddings
from litgraph.types import Book, Cast, Entity, Mention, Quotation, Relation, Sentence

Pair = tuple[str, str]
"""Two entities, the smaller id first."""

_WITHIN, _PEOPLE = frozenset({"located_in", "part_of"}), frozenset({"character", "group"})
_CROWD = 12  # entities of a sentence beyond which it is a list, and tells nothing of any two


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of a book.

    Attributes:
        entities: by id.
        families: what names tell.
        claims: by what they claim.
        of_pair: by two entities what is claimed of them, in either direction.
        about: by entity what is claimed of it and anybody.
        talk: how often two speak to each other, in quotations.
        met: in how many sentences two are together.
        weddings: what is said of who marries whom.
        by_hand: what a person says of facts: True for those that are asserted, False for those that are denied.
        spoken: ids of the claims of sentences that stand in somebody's speech, and may be mere talk.
    """

    entities: Mapping[str, Entity]
    families: Families
    claims: Mapping[Key, tuple[Claim, ...]]
    of_pair: Mapping[Pair, tuple[Key, ...]]
    about: Mapping[str, tuple[Key, ...]]
    talk: Mapping[Pair, int] = field(default_factory=dict)
    met: Mapping[Pair, int] = field(default_factory=dict)
    weddings: Weddings = field(default_factory=Weddings)
    by_hand: Mapping[Key, bool] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset()


def pair(one: str, other: str) -> Pair:
    """The two in the order of their ids."""
    return (one, other) if one <= other else (other, one)


def gather(
    book: Book,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    cast: Cast,
    quotations: Sequence[Quotation],
    slots: Sequence[KinSlot],
    relations: Sequence[Relation],
    said: Sequence[SaidFact] = (),
) -> Evidence:
    """Bring together what the stages found out.

    Args:
        book: for its text.
        sentences: all of it.
        mentions: with whom they mean.
        cast: of the book.
        quotations: with speakers and hearers.
        slots: who is whose kin by phrases of kinship.
        relations: what the labeller says of single pairs.
        said: what a person asserts or denies.
    """
    by_id = {mention.id: mention for mention in mentions}
    families = Families(cast.entities)
    addresses = list(family_addresses(quotations, book.text))
    entities = {entity.id: entity for entity in cast.entities}
    married = weddings(book.text, sentences, mentions, cast.entities)
    known = [
        *sentence_claims(relations, by_id),
        *phrase_claims(slots, by_id, sentences),
        *address_claims(addresses, _sentences_at(sentences, [one.start for one in addresses])),
        *name_claims(cast.entities, families, slots, by_id, sentences),
        *title_claims(mentions, quotations, book.text, sentences, families),
        *married.claims(),
        *person_claims(said),
    ]
    claims: defaultdict[Key, list[Claim]] = defaultdict(list)
    for claim in known:
        if claim.key[0] in entities and claim.key[2] in entities:
            claim = _for_kinds(claim, entities)
            claims[claim.key].append(claim)
    of_pair: defaultdict[Pair, list[Key]] = defaultdict(list)
    about: defaultdict[str, list[Key]] = defaultdict(list)
    for key in claims:
        of_pair[pair(key[0], key[2])].append(key)
        about[key[0]].append(key)
        about[key[2]].append(key)
    return Evidence(
        entities,
        families,
        {key: tuple(found) for key, found in claims.items()},
        {two: tuple(keys) for two, keys in of_pair.items()},
        {one: tuple(keys) for one, keys in about.items()},
        Counter(
            pair(one.speaker, hearer)
            for one in quotations
            for hearer in one.addressees
            if one.speaker and hearer != one.speaker
        ),
        _met(mentions),
        married,
        {one_writing(one.head, one.relation, one.tail): not one.deny for one in said},
        frozenset(_spoken(relations, by_id, quotations)),
    )


def _spoken(
    relations: Sequence[Relation], mentions: Mapping[str, Mention], quotations: Sequence[Quotation]
) -> Iterator[str]:
    """The ids of claims of sentences of which the tail stands inside of a quotation."""
    starts = [one.start for one in quotations]
    for number, relation in enumerate(relations):
        mention = mentions.get(relation.tail_mention)
        at = bisect_right(starts, mention.start) - 1 if mention else -1
        if mention and at >= 0 and mention.start < quotations[at].end:
            yield f"r{number}"


def _for_kinds(claim: Claim, entities: Mapping[str, Entity]) -> Claim:
    """The reader's claim with a word that fits: a person "located in" London is there as a visitor."""
    head, relation, tail = claim.key
    if relation in _WITHIN and entities[head].kind in _PEOPLE and claim.source.startswith(FITTED_FOR):
        return replace(claim, key=(head, "visits", tail))
    return claim


def _met(mentions: Sequence[Mention]) -> Counter[Pair]:
    here: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for mention in mentions:
        if mention.entity:
            here[mention.sentence][mention.entity] = None
    met: Counter[Pair] = Counter()
    for entities in here.values():
        if len(entities) <= _CROWD:
            met.update(combinations(sorted(entities), 2))
    return met


def _sentences_at(sentences: Sequence[Sentence], offsets: Sequence[int]) -> dict[int, Sentence]:
    starts = [sentence.start for sentence in sentences]
    found = {}
    for offset in offsets:
        index = bisect_right(starts, offset) - 1
        if index >= 0 and offset < sentences[index].end:
            found[offset] = sentences[index]
    return found
