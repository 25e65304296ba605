"""A person and a place of one name: which of its mentions is whom.

"Florence had come from Florence": the words around a mention tell. Nobody is "in" a person, comes "from" herself, or
says something to a town.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from litgraph.cast.address import is_address
from litgraph.cast.joins.forms import Form
from litgraph.names.lexicon import gender_of_given_name
from litgraph.types import PLACE_LABELS, EntityKind, Mention

_REACH = 40  # characters on each side of a name that tell
# "In", "at" and the like call a place; "from" and "to" do so where somebody goes.
_PLACE_BEFORE = re.compile(
    r"(?:^|[\s(\"“‘'—])(?:at|in|near|into|throughout|outside|reached|quitted|left|leaving|by way of|far from"
    r"|(?:streets?|town|city|people|port|banks|north|south|east|west) of)\s+$",
    re.I,
)
_DIRECTION = re.compile(r"\b(?:from|to|towards?|through|for)\s+$", re.I)
_GOES = re.compile(
    r"\b(?:(?:sail|walk|travel|journey|return|march|driv|remov)(?:e|ed|led|ing|ling)?|go|goes|gone|going|went|come|came|"
    r"comes|coming|rode|riding|drove|flew|fled|ran|back|way|road|train|coach|voyage|trip)\b[^.!?;]*$",
    re.I,
)
_SPEAKS = "said|says|cried|asked|answered|replied|whispered|exclaimed|murmured|shouted|added|told|begged"
_PERSON_BEFORE = re.compile(
    rf"[”\"’'] (?:{_SPEAKS}) $|\b(?:told|asked|kissed|answered|thanked|married|embraced|bowed to|spoke to|said to|"
    r"smiled at|nodded to|turned to|wrote to|with) $"
)
_SUBJECT_BEFORE = re.compile(r"(?:^|[.!?;:,”\"’]\s+|\n|\b(?:and|but|then|when|while|as|that|for)\s+)$", re.I)
_PERSON_AFTER = re.compile(
    rf"(?:,? who\b| (?:never |only |then )?(?:{_SPEAKS}|had|has|went|came|took|sat|stood|rose|ran|wrote|read|knew"
    r"|thought|felt|saw|heard|gave|spoke|made|found|did|met|shook|drew|began|held|wept|put|wore|would|[a-z]{2,}ed)\b"
    r"| (?:is|was) an? (?:\w+ )?(?:fellow|man|boy|girl|lady|woman|gentleman|child)\b)"
)
_POSSESSIVE = re.compile(r"[’']s?\b")
# Mentions that must stand as a place's; and as a person's, where no longer name tells of one: number and share. In 13
# novels no person's name has so many: a finder errs, and "she looked at Jane".
_ENOUGH, _SHARE = 2, 0.1


def stands_as(text: str, mention: Mention, *, beside_itself: bool = False) -> EntityKind | None:
    """What the words around a name make of it: a place, a character, or (None) nothing for sure.

    Args:
        text: ``Book.text``.
        mention: of the name.
        beside_itself: the sentence has the name another time; nobody comes from, or goes to, herself.

    >>> text = "Florence came from Florence."
    >>> [stands_as(text, Mention("m", at, at + 8, "Florence", "PER", "name", 0, 1)) for at in (0, 19)]
    ['character', 'place']
    """
    before = _before(text, mention)
    after = text[mention.end : mention.end + _REACH]
    if _PLACE_BEFORE.search(before) or (_goes(before) and (beside_itself or mention.label in PLACE_LABELS)):
        return None if _POSSESSIVE.search(mention.text) or _POSSESSIVE.match(after) else "place"
    subject = _SUBJECT_BEFORE.search(before) and _PERSON_AFTER.match(after)
    if subject or _PERSON_BEFORE.search(before) or _is_called(text, mention, before):
        return "character"
    return None


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.start - _REACH) : mention.start]


def _goes(before: str) -> bool:
    """Does somebody go from, or to, what is named behind these words?"""
    return bool(_DIRECTION.search(before) and _GOES.search(before))


def is_of_place(text: str, mention: Mention, *, beside_itself: bool = False) -> bool:
    """Is the place meant, of a person and a place of one name? By the words around, else as the finder calls it.

    Arguments as for ``stands_as``.
    """
    kind = stands_as(text, mention, beside_itself=beside_itself)
    return kind == "place" or (kind is None and mention.label in PLACE_LABELS)


def _is_called(text: str, mention: Mention, before: str) -> bool:
    """ "“Adelaide,” said Sidney": the speech begins with whom it is said to."""
    return before[-1:] in ("“", '"', "‘") and is_address(text, mention.start, mention.end)


def part_namesakes(forms: Sequence[Form], mentions: Sequence[Mention], text: str) -> list[Form]:
    """The names, those of a person and of a place as two.

    A name of one word is parted if longer names say that somebody bears it (or if it is a given name and the finder
    calls somebody so), and if at least two of its mentions stand as only a place's do and are called a place by the
    finder, or stand beside another mention of the person.

    Args:
        forms: all names of the book, their kinds decided.
        mentions: the mentions that they were made from.
        text: ``Book.text``; without it nothing is parted.
    """
    if not text:
        return list(forms)
    sentences = _sentences(forms, mentions)
    borne = {word for form in forms if form.kind == "character" and not form.bare for word in form.name.folded}
    parted: list[Form] = []
    for form in forms:
        word = form.bare if form.kind in ("character", "place") else ""
        if word and (word in borne or gender_of_given_name(word) != "unknown"):
            parted += _parts(form, mentions, text, sentences[word], named=word in borne)
        else:
            parted.append(form)
    return parted


def _sentences(forms: Sequence[Form], mentions: Sequence[Mention]) -> Mapping[str, Counter[int]]:
    """By word of names how often each sentence has it in one."""
    sentences: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for form in forms:
        for word in set(form.name.folded):
            sentences[word].update(mentions[index].sentence for index in form.mentions)
    return sentences


def _parts(form: Form, mentions: Sequence[Mention], text: str, times: Mapping[int, int], *, named: bool) -> list[Form]:
    """The person and the place of a name; the name as it is if not enough speaks for two.

    Args:
        form: the name.
        mentions: of the whole book.
        text: ``Book.text``.
        times: how often each sentence has the name, also in longer ones.
        named: a longer name says that somebody bears it.
    """
    places: list[int] = []
    stated_places = stated_people = 0
    for index in form.mentions:
        mention = mentions[index]
        beside_itself = times[mention.sentence] > 1
        kind = stands_as(text, mention, beside_itself=beside_itself)
        stated_people += kind == "character"
        stated_places += kind == "place" and (mention.label in PLACE_LABELS or _goes(_before(text, mention)))
        if is_of_place(text, mention, beside_itself=beside_itself):
            places.append(index)
    if named and not stated_people and stated_places >= max(_ENOUGH, form.count / 2):
        return [replace(form, kind="place")]  # "Lord Derby rode to Derby": by this name nobody is called but the town
    enough = _SHARE * form.count
    if stated_places < max(_ENOUGH, enough) or stated_people < max(1 if named else _ENOUGH, enough):
        return [form]
    people = sorted(set(form.mentions) - set(places))
    return [_part(form, people, "character", mentions), _part(form, places, "place", mentions)]


def _part(form: Form, indexes: list[int], kind: EntityKind, mentions: Sequence[Mention]) -> Form:
    nobodys = set(form.nobodys)
    return replace(
        form,
        mentions=indexes,
        spellings=Counter({form.name.text: len(indexes)}),
        labels=Counter(mentions[index].label for index in indexes),
        nobodys=[index for index in indexes if index in nobodys],
        kind=kind,
    )
