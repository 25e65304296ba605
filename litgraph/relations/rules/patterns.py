"""The language that the rules are written in.

A pattern is read in the order of the text, from the mention that begins first; its elements are separated by spaces:

=======================  =======================================================================================
``HEAD TAIL``            the two mentions, as head and tail of the rule's relation
``BEARER OWNER``         the two mentions, where a role noun says relation and direction
``HEAD:PER.name``        a mention of this label, of this form; ``HEAD:FAC|LOC`` either label; ``HEAD:noun`` any label
``HEAD[ of TAIL ]``      a mention that consists of what stands in the brackets, which may be the other mention; without
                         ``]``, one that begins so
``...``                  any words inside a mention
``sister``               this word, capitalised or not; ``in|at`` either word
``{motion}``             a word of that class of :data:`CLASSES`
``{role}``               a noun of :mod:`litgraph.relations.rules.role_nouns` that is not followed by another noun
``{modifier}``           any word but a function word: adjectives, mostly
``{word}``               any one word that is not capitalised, no punctuation
``?``  ``*``             behind an element: it may be missing; it may occur up to three times
=======================  =======================================================================================

A pattern becomes one regular expression over the encoded pair (:mod:`litgraph.relations.rules.scene`). It is anchored
at the first mention and every repetition is bounded, so a match costs microseconds whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from litgraph.relations.rules.role_nouns import ROLES
from litgraph.types import ENTITY_LABELS, EntityLabel, MentionForm

FORMS: tuple[MentionForm, ...] = get_args(MentionForm)

FUNCTION_WORDS = (
    "a an the this that these those some any no every each one none most all both half many several few much and "
    "or but nor so yet if as than of to in on at by for from with into upon over under through about after before "
    "between among against without within during until till near i you he she it we they me him her us them my "
    "your his its our their mine yours hers ours theirs myself himself herself itself themselves who whom whose "
    "which what where when while because though although there here is are was were be been being am has have had "
    "do does did will would shall should can could may might must not n't 's 'll 've 're 'd 'm ' said says"
)

CLASSES: Mapping[str, str] = {
    "determiner": "a an the this that another one two three four five six seven many several some both",
    "courtesy": "obedient humble sincere affectionate faithful devoted obliged",
    "towards": "to towards toward for at in into",
    "any_determiner": "a an the this that these those no some any my your his her its our their",
    "sir": "mr. mr sir lord dr. captain colonel monsieur",
    "lady": "mrs. mrs lady madame",
    "be": "is was are were am 's 'm 're became becomes remained",
    # What may stand between a subject and its verb.
    "lead_in": (
        ", who that had has have 'd 've was were is are am 's 'm 're did been being having also already always "
        "then now soon once again often sometimes still just only really immediately presently finally afterwards "
        "first all both even ever long since slowly quickly hastily quietly suddenly instantly accordingly "
        "therefore recently lately formerly originally usually generally secretly actually certainly himself "
        "herself themselves myself alone together at last"
    ),
    "particle": (
        "up down out over back away on off home again straight right forward along round across about here there "
        "abroad softly together alone slowly quickly swiftly quietly hastily directly"
    ),
    "motion": (
        "went go goes going gone came come coming returned returning travelled traveled travelling journeyed "
        "walked walking rode riding ran running drove driving driven hurried hurrying hastened sailed sailing "
        "marched proceeded moved removed rushed fled crept strode stepped wandered climbed repaired started flew "
        "retired galloped trotted trudged set setting sent brought conducted transported arrived"
    ),
    "live": "live lives lived living dwell dwells dwelt dwelling reside resides resided residing lodge lodged lodging",
    "once_lived": "lived dwelt resided lodged",
    "stay": "sat stood lay sitting standing lying seated slept sleeping kneeling knelt waiting buried",
    "marry": "married wedded espoused wed marries",
    "hate": "hates hated detests detested",
    "lead": "commanded commands ruled rules governed governs",
    "teach": "taught teaches instructed tutored",
    "employ": "employed hired engaged employs",
    "protect": "rescued nursed saved guarded sheltered protected",
    "own": "owned owns possessed possesses bought purchased inherited",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mention stands in a pattern, and which mentions fit."""

    name: str
    labels: frozenset[EntityLabel]
    forms: frozenset[MentionForm]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        expression: to be matched at the start of a scene's body; its group "role" is the role noun.
        first, second: the slots in text order, the containing one first.
        nested: the first mention contains the second.
    """

    expression: re.Pattern[str]
    first: Slot
    second: Slot
    nested: bool


def compile_pattern(pattern: str) -> Pattern:
    """Reads a pattern; raises ValueError where it is not in the language above."""
    elements = pattern.split()
    slots: list[Slot] = []
    depth, nested = 0, False
    for element in elements:
        if _SLOT.match(element):
            slots.append(_slot(element))
            nested = nested or depth > 0
        depth += element.endswith("[") - (element == "]")
    names = {slot.name for slot in slots}
    if len(slots) != 2 or names not in ({"HEAD", "TAIL"}, {"BEARER", "OWNER"}) or not _SLOT.match(elements[0]):
        raise ValueError(f"a pattern starts with a mention and has HEAD and TAIL, or BEARER and OWNER: {pattern!r}")
    return Pattern(re.compile("".join(map(_expression, elements))), slots[0], slots[1], nested)


_SLOT = re.compile(r"(HEAD|TAIL|BEARER|OWNER)(?::([^\[]+))?(\[?)$")


def _slot(element: str) -> Slot:
    found = _SLOT.match(element)
    assert found is not None
    wanted = (found[2] or "").replace("|", ".").split(".") if found[2] else []
    if unknown := [word for word in wanted if word not in (*ENTITY_LABELS, *FORMS)]:
        raise ValueError(f"neither label nor form of a mention: {unknown[0]!r} in {element!r}")
    labels = [cast(EntityLabel, word) for word in wanted if word in ENTITY_LABELS]
    forms = [cast(MentionForm, word) for word in wanted if word in FORMS]
    return Slot(found[1], frozenset(labels or ENTITY_LABELS), frozenset(forms or FORMS))


def _expression(element: str) -> str:
    """The regular expression of one element; every token in a scene is followed by one space."""
    if slot := _SLOT.match(element):
        return "< " if slot[3] else "< [^<>]*> "
    if element == "...":
        return "[^<>]*"
    if element == "]":
        return "> "
    times = {"?": "?", "*": "{0,3}"}.get(element[-1], "") if len(element) > 1 else ""
    core = element[:-1] if times else element
    if core == "{word}":
        expression = _WORD
    elif core == "{modifier}":
        expression = _CONTENT_WORD
    elif core == "{role}":
        expression = rf"\^?(?P<role>{_either(ROLES)}) (?!['’]|(?!\^){_CONTENT_WORD})"
    elif core.startswith("{"):
        expression = _words(CLASSES[core[1:-1]].split())
    else:
        expression = _words(core.split("|"))
    return f"(?:{expression}){times}"


def _either(words: Mapping[str, object] | list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _words(words: list[str]) -> str:
    return rf"\^?(?:{_either(words)}) "


_WORD = r"[^\W\d_][^ ]* "
_CONTENT_WORD = rf"(?!{_words(FUNCTION_WORDS.split())})\^?{_WORD}"
