"""Claims: all that a book says of how two are related, from wherever it says so, in one writing.

A claim is what one sentence says by a labeller's word, what all phrases of kinship of one slot say ("her father" over
the whole book), what people call each other ("papa"), or what names tell ("Mrs. Bennet" beside the only Mr. Bennet).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from litgraph.cast.file.said import SaidFact
from litgraph.cast.kin.address import KinAddress
from litgraph.cast.kin.slots import KinSlot
from litgraph.cast.kin.words import Bond
from litgraph.ontology import RELATIONS
from litgraph.pairs import Window
from litgraph.types import Mention, Relation, Sentence

ClaimForm = Literal["sentence", "phrase", "address", "names", "wedding", "title", "person"]
Key = tuple[str, str, str]
"""Head, relation and tail in one writing: see ``one_writing``."""

PARENT = "parent_of"
"""A parent of either gender; which of the vocabulary's names a fact bears follows from the gender."""

FITTED_FOR = "literary"
"""What the name of the labeller begins with whose confidences the numbers are fitted for."""
BY_HAND = "by hand"
"""The source of what a person says in ``cast.toml``."""
OWN_SOURCES = ("kin phrases", "address", "names", "titles", "weddings")
"""What claims beside labellers and persons."""

_BOND_NAMES: Mapping[Bond, str] = {
    "spouse": "spouse_of",
    "sibling": "sibling_of",
    "parent": PARENT,
    "step-parent": "adopted_by",
    "betrothed": "lover_of",
    "guardian": "protector_of",
    **dict.fromkeys(
        ("grandparent", "uncle", "cousin", "parent-in-law", "sibling-in-law", "step-sibling", "nephew", "grandchild"),
        "relative_of",
    ),
    "child-in-law": "relative_of",
    "relative": "relative_of",
    "friend": "friend_of",
    "companion": "companion_of",
    "enemy": "enemy_of",
    "rival": "rival_of",
    "admirer": "lover_of",
    "employer": "employer_of",
    "teacher": "teacher_of",
    "patron": "protector_of",
}
_FROM_POSSESSOR: Mapping[Bond, str] = {
    "child": PARENT,
    "step-child": "adopted_by",
    "ward": "protector_of",
    "servant": "employer_of",
    "pupil": "teacher_of",
}
"""What the possessor is to the one whom the word means, where that is the way the relation is written."""
_ADDRESS_BELIEVED = 0.5  # priests and old people are "father" to everybody; what it is worth is fitted


@dataclass(frozen=True, slots=True)
class Claim:
    """What speaks for *head relation tail* at one or several places.

    Attributes:
        id: "r12" for the line 12 of ``relations.jsonl`` (from 0), "k3" for a slot of kinship, "a5" for a form of
            address, "n1" for names, "t2" for a title, "w4" for weddings, "p0" for a person's word.
        key: what is claimed, in one writing.
        form: where it comes from: a labelled sentence, phrases of kinship, a form of address, names ("Mr. and Mrs."),
            a title of kinship in speech ("Aunt Celia"), what is said of weddings, a person's word.
        confidence: of whoever claims it, 0 to 1.
        named: how many of the two are named at the place, 0 to 2.
        windows: the evidence; several for a slot, none for names.
        source: the labeller, or what else claims it.
        raw: its own words.
    """

    id: str
    key: Key
    form: ClaimForm
    confidence: float
    named: int
    windows: tuple[Window, ...]
    source: str
    raw: str


def one_writing(head: str, relation: str, tail: str) -> Key:
    """A relation of the vocabulary, parents in one way for both genders and symmetric ones sorted.

    >>> one_writing("jane", "child_of", "mr-bennet"), one_writing("jane", "sibling_of", "elizabeth")
    (('mr-bennet', 'parent_of', 'jane'), ('elizabeth', 'sibling_of', 'jane'))
    """
    if relation in ("child_of", "ofParent"):
        return tail, PARENT, head
    if relation in ("parent_father_of", "parent_mother_of", "hasChild", PARENT):
        return head, PARENT, tail
    if relation == "owned_by":
        return tail, "owns", head
    relation = "sibling_of" if relation == "sibling" else relation
    if RELATIONS[relation].symmetric and tail < head:
        head, tail = tail, head
    return head, relation, tail


def sentence_claims(relations: Sequence[Relation], mentions: Mapping[str, Mention]) -> Iterator[Claim]:
    """What the labeller says of single pairs, its answers outside the vocabulary left out.

    Args:
        relations: in the order of their file.
        mentions: by id.
    """
    for number, one in enumerate(relations):
        if one.relation in RELATIONS and one.head != one.tail:
            ends = (mentions.get(one.head_mention), mentions.get(one.tail_mention))
            named = sum(end is not None and end.form == "name" for end in ends)
            key, window = one_writing(one.head, one.relation, one.tail), Window(one.chapter, one.start, one.end)
            yield Claim(f"r{number}", key, "sentence", one.confidence, named, (window,), one.source, one.raw)


def phrase_claims(
    slots: Iterable[KinSlot], mentions: Mapping[str, Mention], sentences: Sequence[Sentence]
) -> Iterator[Claim]:
    """What phrases of kinship say.

    Who fills a slot because of others alone is left to inference, unless there can be but one: then all phrases of the
    slot mean him.

    Args:
        slots: of the book.
        mentions: by id.
        sentences: all of the book, by index.
    """
    number = 0
    for slot in slots:
        for filler in slot.fillers:
            phrases = filler.evidence or (slot.phrases if slot.kin.sole else ())
            if phrases:
                key = kin_key(slot.possessor, slot.kin.bond, filler.entity)
                if key is not None:
                    places = dict.fromkeys(sentences[mentions[id_].sentence] for id_ in phrases)
                    windows = tuple(Window(one.chapter, one.start, one.end) for one in places)
                    raw = f"{slot.kin.word} of {slot.possessor}"
                    yield Claim(
                        f"k{number}",
                        key,
                        "phrase",
                        filler.confidence,
                        int(bool(filler.evidence)),
                        windows,
                        "kin phrases",
                        raw,
                    )
            number += 1


def address_claims(addresses: Iterable[KinAddress], sentences_at: Mapping[int, Sentence]) -> Iterator[Claim]:
    """What people call each other; ``sentences_at`` has for each offset of a form of address its sentence."""
    for number, one in enumerate(addresses):
        key = kin_key(one.speaker, one.kin.bond, one.hearer)
        sentence = sentences_at.get(one.start)
        if key is not None and sentence is not None:
            window = Window(sentence.chapter, sentence.start, sentence.end)
            yield Claim(f"a{number}", key, "address", _ADDRESS_BELIEVED, 0, (window,), "address", one.kin.word)


def person_claims(said: Iterable[SaidFact]) -> Iterator[Claim]:
    """What a person asserts in ``cast.toml``."""
    for number, one in enumerate(said):
        if not one.deny:
            key = one_writing(one.head, one.relation, one.tail)
            yield Claim(f"p{number}", key, "person", 1.0, 0, (), BY_HAND, "")


def kin_key(possessor: str, bond: Bond, one: str) -> Key | None:
    """What the word says of whose kin somebody is; None if the vocabulary has no name for it."""
    if bond in _FROM_POSSESSOR:
        name, head, tail = _FROM_POSSESSOR[bond], possessor, one
    elif bond in _BOND_NAMES:
        name, head, tail = _BOND_NAMES[bond], one, possessor
    else:
        return None
    if name == "adopted_by":
        head, tail = tail, head
    return one_writing(head, name, tail)
