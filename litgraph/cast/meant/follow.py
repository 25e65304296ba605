"""From a cast that is known by its names to whom every mention of the book means.

Names mean their entities. From them it follows whom pronouns and noun phrases mean (``beliefs``), from these who says
the quotations (``litgraph.speech.turns``), and from that whom "I" and "you" mean in them, which tells more of the
others; so both are asked twice, and "he" and "she" are chosen in between (``choosing``). What people are called also
tells the gender of those whose names do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from litgraph.cast.kin.fill import fill_slots
from litgraph.cast.kin.phrases import kin_phrase
from litgraph.cast.kin.slots import KinSlot, KinSlots
from litgraph.cast.meant.beliefs import NOBODY, Belief, from_later, likeliest, onwards
from litgraph.cast.meant.calls import calls_hearer
from litgraph.cast.meant.choosing import Question, Weights, questions, usual_weights
from litgraph.cast.meant.words import GENDER_OF, Fitting, sort_of
from litgraph.names.grammar import parse_name
from litgraph.speech.turns import Speech, heard
from litgraph.types import Cast, Entity, Gender, Mention, Voice

# From how many pronouns a gender is told, and how many of them must agree: a stray one is the reader's error.
_GENDER_FROM = 3  # pronouns
_GENDER_SHARE = 0.75
# From what probability on a mention means somebody. In 32 passages of eight novels that nothing was trained with, of
# "he" and "she" from .4 on .84 are right, and .81 of those that could be (the best F1); of noun phrases from .45, .75.
_MEANT, _MEANT_BY_PRONOUN = 0.45, 0.4
# From what certainty on somebody is so surely the speaker or the hearer that "he" in the speech is another.
_SPEAKS, _HEARS = 0.6, 0.7


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom mentions mean, and who speaks.

    Attributes:
        entities: of the cast, with the genders that became known.
        beliefs: for each mention id the entities that it may mean.
        speech: who says and hears each quotation.
        questions: those of whom "he" and "she" mean.
        kin: who is whose kin by phrases of kinship.
    """

    entities: tuple[Entity, ...]
    beliefs: Mapping[str, Belief]
    speech: Sequence[Speech]
    questions: Sequence[Question] = ()
    kin: tuple[KinSlot, ...] = ()


def with_meanings(meant: Meant, mentions: Sequence[Mention]) -> Cast:
    """The cast with whom every mention means, as far as that is likely enough.

    Ids, names, aliases and the order of the entities are those of the cast that was followed; their figures change.

    Args:
        meant: what was found out.
        mentions: of the whole book, in text order.
    """
    entity_of: dict[str, str] = {}
    certainty_of: dict[str, float] = {}
    chapters: defaultdict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        wanted = _MEANT if mention.form == "noun" else _MEANT_BY_PRONOUN
        entity, certainty = likeliest(meant.beliefs[mention.id], wanted)
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
    text: str = "",
    genders_told: Container[str] = (),
    meaning_told: Container[str] = (),
    weights: Weights | None = None,
) -> Meant:
    """Follow the reader's links from the names of a cast.

    Args:
        cast: who the names mean.
        mentions: of the whole book, in text order; those that the cast was made from.
        voices: the quotations of the book.
        text: ``Book.text``, which tells more of whose kin is who.
        genders_told: ids of entities whose gender a person decided.
        meaning_told: ids of mentions of which a person decided whom they mean; nobody, if the cast does not say whom.
        weights: what counts how much for "he" and "she"; by default the usual ones.
    """
    linked = _with_antecedents(mentions)
    known = _names(cast, mentions, meaning_told)
    found = onwards(linked, known, {}, lambda mention, entity: True)
    entities = tuple(_with_genders(cast.entities, mentions, found, genders_told))
    fits = Fitting(entities)
    ahead = from_later(linked, known)
    found = onwards(linked, known, ahead, fits)
    place = _voice_of(mentions, voices)
    speech = heard(voices, found)
    weights = weights or usual_weights()
    said = known | _said(mentions, known, place, speech)
    called = _called(mentions, said, place, speech, text)
    found = onwards(linked, said, ahead, _Spoken(fits, place, speech))
    kin = _kin(mentions, said, found, entities, text, _Speakers(voices, speech))
    # The reader links phrases of kinship worse than all others: between people who are all near.
    said |= {
        one.id: NOBODY for one in mentions if one.form == "noun" and one.id not in meaning_told and kin_phrase(one.text)
    }
    said |= called
    said |= {id_: {meaning.entity: meaning.confidence} for id_, meaning in kin.meant.items() if id_ not in meaning_told}
    pronouns = list(questions(linked, said, found, entities, voices, speech))
    chosen = {mentions[question.mention].id: weights.belief(question) for question in pronouns}
    found = onwards(linked, said | chosen, ahead, fits)
    return Meant(entities, found, heard(voices, found), pronouns, kin.slots)


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


def _names(cast: Cast, mentions: Iterable[Mention], told: Container[str]) -> dict[str, Belief]:
    """Whom names mean, narrators by "I", and whatever a person gave away; what was taken out of the cast is nobody."""
    known: dict[str, Belief] = {}
    for mention in mentions:
        entity = cast.entity_of.get(mention.id)
        if entity is not None:
            known[mention.id] = {entity: 1.0}
        elif mention.id in told or (mention.form == "name" and parse_name(mention.text) is not None):
            known[mention.id] = NOBODY
    return known


@dataclass(frozen=True, slots=True)
class _Spoken:
    """As ``Fitting``, where it is known who speaks: "he" in a speech is neither its speaker nor its hearer."""

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


def _called(
    mentions: Iterable[Mention],
    said: Mapping[str, Belief],
    place: Mapping[str, int],
    speech: Sequence[Speech],
    text: str,
) -> dict[str, Belief]:
    """Whom "sir", "my dear" and "papa" mean: the hearer."""
    return {
        mention.id: speech[place[mention.id]].hearer
        for mention in mentions
        if mention.id in place and mention.id not in said and calls_hearer(mention, text)
    }


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Who speaks at an offset, and to whom."""

    voices: Sequence[Voice]
    speech: Sequence[Speech]

    def __call__(self, offset: int) -> tuple[str, tuple[str, ...]]:
        index = bisect_right(self.voices, offset, key=lambda voice: voice.start) - 1
        if index < 0 or offset >= self.voices[index].end:
            return "", ()
        own = self.speech[index]
        hearer, _ = likeliest(own.hearer, _MEANT)
        return likeliest(own.speaker, _MEANT)[0], (hearer,) if hearer else ()


def _kin(
    mentions: Sequence[Mention],
    known: Mapping[str, Belief],
    found: Mapping[str, Belief],
    entities: Sequence[Entity],
    text: str,
    speakers: _Speakers,
) -> KinSlots:
    """Whom phrases of kinship mean, each slot decided from the whole book."""
    meant: dict[str, str] = {}
    for mention in mentions:
        if mention.id in known or mention.form == "pronoun":
            entity, _ = likeliest(found[mention.id], _MEANT)
            if entity:
                meant[mention.id] = entity
    return fill_slots(mentions, meant, entities, text, speakers=speakers)


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
