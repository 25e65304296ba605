"""From a cast that is known by its names to whom every mention of the book means.

Names mean their entities. From them it follows whom pronouns and noun phrases mean (``beliefs``), from these who says
the quotations (``litgraph.speech.turns``), and from that whom "I" and "you" mean in them, which tells more of the
others; so both are asked twice. What people are called also tells the gender of those whose names do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from litgraph.cast.meant.beliefs import NOBODY, Belief, beliefs
from litgraph.cast.meant.choosing import Weights, questions, usual_weights
from litgraph.cast.meant.words import GENDER_OF, allowed, sort_of
from litgraph.names.grammar import parse_name
from litgraph.speech.attribution import likeliest
from litgraph.speech.turns import Speech, heard
from litgraph.types import Cast, Entity, Gender, Mention, Voice

_ROUNDS = 1
# From how many pronouns a gender is told, and how many of them must agree: a stray one is the reader's error.
_GENDER_FROM = 3  # pronouns
_GENDER_SHARE = 0.75
_MEANT = 0.5
# From what certainty on somebody is so surely the speaker or the hearer that "he" in the speech is another.
_SPEAKS, _HEARS = 0.6, 0.7


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom mentions mean, and who speaks.

    Attributes:
        entities: of the cast, with the genders that became known.
        beliefs: for each mention id the entities that it may mean.
        speech: who says and hears each quotation.
    """

    entities: tuple[Entity, ...]
    beliefs: Mapping[str, Belief]
    speech: Sequence[Speech]


def meant_in(
    cast: Cast, mentions: Sequence[Mention], voices: Sequence[Voice] = (), *, genders_told: Container[str] = ()
) -> Cast:
    """The cast with whom every mention means, as far as that is likelier than not; see ``followed``.

    Ids, names, aliases and the order of the entities do not change; their figures do, and genders become known.
    """
    meant = followed(cast, mentions, voices, genders_told=genders_told)
    entity_of: dict[str, str] = {}
    certainty_of: dict[str, float] = {}
    chapters: defaultdict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        entity, certainty = likeliest(meant.beliefs[mention.id], _MEANT)
        if entity:
            entity_of[mention.id] = entity
            chapters[entity].append(mention.chapter)
            if certainty < 1:
                certainty_of[mention.id] = certainty
    return Cast(tuple(_counted(entity, chapters[entity.id]) for entity in meant.entities), entity_of, certainty_of)


def _counted(entity: Entity, chapters: Sequence[int]) -> Entity:
    """The entity, with the figures of mentions that stand in such chapters."""
    return replace(entity, mentions=len(chapters), first=min(chapters), last=max(chapters))


def followed(
    cast: Cast,
    mentions: Sequence[Mention],
    voices: Sequence[Voice] = (),
    *,
    genders_told: Container[str] = (),
    weights: Weights | None = None,
) -> Meant:
    """Follow the reader's links from the names of a cast.

    Args:
        cast: who the names mean.
        mentions: of the whole book, in text order; those that the cast was made from.
        voices: the quotations of the book.
        genders_told: ids of entities whose gender a person decided.
        weights: what counts how much for "he" and "she"; by default the usual ones.
    """
    linked = _with_antecedents(mentions)
    known = _names(cast, mentions)
    found = beliefs(linked, known, lambda mention, entity: True)
    entities = tuple(_with_genders(cast.entities, mentions, found, genders_told))
    fits = _Fitting(entities)
    found = beliefs(linked, known, fits)
    place = _voice_of(mentions, voices)
    speech = heard(voices, found)
    weights = weights or usual_weights()
    for _ in range(_ROUNDS):
        said = known | _said(mentions, known, place, speech)
        found = beliefs(linked, said, _Spoken(fits, place, speech))
        chosen = {
            mentions[question.mention].id: weights.belief(question)
            for question in questions(linked, said, found, entities, voices, speech)
        }
        found = beliefs(linked, said | chosen, fits)
        speech = heard(voices, found)
    return Meant(entities, found, speech)


def _with_antecedents(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; those that only have a chain follow the mention before them in it."""
    latest: dict[str, str] = {}
    linked = []
    for mention in mentions:
        before = latest.get(mention.chain)
        if not mention.antecedents and mention.chain and before and mention.form != "name":
            mention = replace(mention, antecedents=((before, mention.certainty),))
        latest[mention.chain] = mention.id
        linked.append(mention)
    return linked


def _names(cast: Cast, mentions: Iterable[Mention]) -> dict[str, Belief]:
    """Whom names mean, and narrators by "I"; a name that a person took out of the cast means nobody."""
    known: dict[str, Belief] = {}
    for mention in mentions:
        entity = cast.entity_of.get(mention.id)
        if entity is not None:
            known[mention.id] = {entity: 1.0}
        elif mention.form == "name" and parse_name(mention.text) is not None:
            known[mention.id] = NOBODY
    return known


class _Fitting:
    """May a mention mean an entity, as far as its own words tell? Remembers what it said."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._known: dict[tuple[str, str, str], bool] = {}

    def __call__(self, mention: Mention, entity: str) -> bool:
        key = mention.label, sort_of(mention), entity
        if key not in self._known:
            self._known[key] = allowed(mention, self._entities[entity])
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The same, where it is known who speaks: "he" in a speech is neither its speaker nor its hearer."""

    fits: Callable[[Mention, str], bool]
    place: Mapping[str, int]
    speech: Sequence[Speech]

    def __call__(self, mention: Mention, entity: str) -> bool:
        if not self.fits(mention, entity):
            return False
        if mention.id not in self.place or sort_of(mention) not in GENDER_OF:
            return True
        own = self.speech[self.place[mention.id]]
        return own.speaker.get(entity, 0.0) <= _SPEAKS and own.hearer.get(entity, 0.0) <= _HEARS


def _voice_of(mentions: Iterable[Mention], voices: Sequence[Voice]) -> dict[str, int]:
    """For the mentions inside of quotations the index of theirs."""
    starts = [voice.start for voice in voices]
    place: dict[str, int] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < voices[index].end:
            place[mention.id] = index
    return place


def _said(
    mentions: Iterable[Mention], known: Mapping[str, Belief], place: Mapping[str, int], speech: Sequence[Speech]
) -> dict[str, Belief]:
    """Whom "I", "we" and "you" mean in quotations; with others or not, "we" means the speaker."""
    said: dict[str, Belief] = {}
    for mention in mentions:
        if mention.id in place and mention.id not in known:
            own, sort = speech[place[mention.id]], sort_of(mention)
            if sort in ("speaker", "speakers", "hearer"):
                said[mention.id] = own.hearer if sort == "hearer" else own.speaker
    return said


def _with_genders(
    entities: Iterable[Entity], mentions: Iterable[Mention], found: Mapping[str, Belief], decided: Container[str]
) -> Iterable[Entity]:
    """The entities; characters of unknown gender get the one by which mentions clearly call them.

    Args:
        entities: of the cast.
        mentions: of the book.
        found: whom they mean, whatever their gender.
        decided: ids of entities whose gender a person decided.
    """
    votes: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for mention in mentions:
        if gender := GENDER_OF.get(sort_of(mention)):
            for entity_id, probability in found[mention.id].items():
                if probability > _MEANT:
                    votes[entity_id][gender] += 1
    for entity in entities:
        counts = votes.get(entity.id)
        if counts and entity.id not in decided and _has_open_gender(entity):
            gender, times = counts.most_common(1)[0]
            if times >= _GENDER_FROM and times >= _GENDER_SHARE * counts.total():
                entity = replace(entity, gender=gender)
        yield entity


def _has_open_gender(entity: Entity) -> bool:
    return entity.kind == "character" and entity.gender == "unknown" and not entity.ambiguous
