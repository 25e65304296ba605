"""The closed vocabulary: the relations that an edge of the graph may bear.

47 names are the fiction ontology of ARF (Christou & Tsoumakas, "Artificial Relationships in Fiction", LaTeCH-CLfL 2025,
appendix C; data ``Despina/project_gutenberg``, MIT). Ten are those of Biographical (Plum, Ranasinghe, Jones, Orăsan &
Mitkov, SIGIR 2022), which the GPU model was trained on beside them. Of these the strings ``birthdate``, ``bplace_name``
and ``Other`` were seen in its training rows; the other seven are written as the tables behind Biographical (Pantheon,
Wikidata) suggest, and :func:`normalise` takes their likely variants.

Glosses and kinds of the 34 relations that hold between people, places, vehicles and organisations follow the
annotation guide of litgraph's LitBank relation layer. The rest relate events, objects, times or ideas, which are no
nodes of the graph; they accept every kind.

``co_occurs_with`` is litgraph's own edge, not a relation that a text states, and no part of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from litgraph.types import ENTITY_KINDS, EntityKind

Family = Literal["kin", "love", "friendship", "conflict", "work", "place", "other"]
Kinds = frozenset[EntityKind]

CO_OCCURS = "co_occurs_with"

ANY: Kinds = frozenset(ENTITY_KINDS)
PEOPLE: Kinds = frozenset({"character", "group"})
PLACES: Kinds = frozenset({"place"})
BODIES: Kinds = PEOPLE | {"organisation"}
POWERS: Kinds = BODIES | PLACES
"""People, and the countries and institutions that act as people do ("England", "the Company")."""
PROPERTY: Kinds = frozenset({"place", "vehicle", "organisation"})
SITES: Kinds = frozenset({"place", "vehicle"})


@dataclass(frozen=True, slots=True)
class RelationType:
    """One name of the vocabulary.

    Attributes:
        name: as the models write it.
        gloss: the relation as a sentence about its head and its tail.
        family: what the relation is about.
        symmetric: head and tail may change places.
        inverse: the name that holds from tail to head, where one name always does; None for symmetric relations.
        head_kinds, tail_kinds: kinds of entity that may stand there.
    """

    name: str
    gloss: str
    family: Family
    symmetric: bool = False
    inverse: str | None = None
    head_kinds: Kinds = ANY
    tail_kinds: Kinds = ANY


FICTION: tuple[RelationType, ...] = (
    RelationType(
        "parent_father_of",
        "head is the father of tail",
        "kin",
        inverse="child_of",
        head_kinds=PEOPLE,
        tail_kinds=PEOPLE,
    ),
    RelationType(
        "parent_mother_of",
        "head is the mother of tail",
        "kin",
        inverse="child_of",
        head_kinds=PEOPLE,
        tail_kinds=PEOPLE,
    ),
    # A child may be a father's or a mother's, so no one name is the inverse.
    RelationType("child_of", "head is a child of tail", "kin", head_kinds=PEOPLE, tail_kinds=PEOPLE),
    RelationType("sibling_of", "head and tail are brother or sister", "kin", True, None, PEOPLE, PEOPLE),
    RelationType("spouse_of", "head and tail are married", "kin", True, None, PEOPLE, PEOPLE),
    RelationType("relative_of", "head and tail are kin or in-laws otherwise", "kin", True, None, PEOPLE, PEOPLE),
    RelationType("adopted_by", "head is brought up by tail as a child", "kin", False, None, PEOPLE, BODIES),
    RelationType("companion_of", "head and tail keep company", "friendship", True, None, PEOPLE, PEOPLE),
    RelationType("friend_of", "head and tail are friends", "friendship", True, None, PEOPLE, PEOPLE),
    RelationType("lover_of", "head loves, courts or is engaged to tail", "love", False, None, PEOPLE, PEOPLE),
    RelationType("rival_of", "head and tail compete", "conflict", True, None, POWERS, POWERS),
    RelationType("enemy_of", "head and tail are hostile", "conflict", True, None, POWERS, POWERS),
    RelationType("inspires", "head moves tail to think or act", "friendship", False, None, PEOPLE, PEOPLE),
    RelationType("sacrifices_for", "head gives something up for tail", "friendship", False, None, PEOPLE, BODIES),
    RelationType("mentor_of", "head guides tail", "friendship", False, None, PEOPLE, PEOPLE),
    RelationType("teacher_of", "head teaches tail", "work", False, None, PEOPLE, PEOPLE),
    RelationType("protector_of", "head guards, rescues or nurses tail", "friendship", False, None, BODIES, POWERS),
    RelationType("employer_of", "head employs tail, as master or mistress too", "work", False, None, POWERS, PEOPLE),
    RelationType("leader_of", "head leads, commands or rules tail", "work", False, None, PEOPLE, POWERS | {"vehicle"}),
    RelationType("member_of", "head belongs to the body or group tail", "work", False, None, PEOPLE, POWERS),
    RelationType("lives_in", "head lives in tail", "place", False, None, PEOPLE, SITES),
    RelationType("lived_in", "head once lived in tail", "place", False, None, PEOPLE, SITES),
    RelationType("visits", "head is a guest or an outsider in tail", "place", False, None, PEOPLE, PROPERTY),
    RelationType("travel_to", "head journeys towards tail or arrives there", "place", False, None, BODIES, SITES),
    RelationType("born_in", "head was born in tail", "place", False, None, PEOPLE, PLACES),
    RelationType(
        "travels_by", "head travels by the vehicle tail", "place", False, None, PEOPLE, frozenset({"vehicle"})
    ),
    RelationType("participates_in", "head takes part in tail", "other"),
    RelationType("causes", "head brings tail about", "other"),
    RelationType("owns", "head owns tail", "work", False, "owned_by", BODIES, PROPERTY),
    RelationType("believes_in", "head believes in tail", "other"),
    RelationType("embodies", "head stands for the idea tail", "other"),
    RelationType("located_in", "head is in tail", "place", False, None, ANY, SITES),
    RelationType("part_of", "head is a part of tail", "place", False, None, PROPERTY, PROPERTY),
    RelationType("owned_by", "head belongs to tail", "work", False, "owns", PROPERTY, BODIES),
    RelationType("occupied_by", "head is the room or house that tail uses", "place", False, None, SITES, BODIES),
    RelationType("used_by", "head is used by tail", "work", False, None, PROPERTY, BODIES),
    RelationType("affects", "head has an effect on tail", "other"),
    RelationType("experienced_by", "head is lived through by tail", "other"),
    RelationType("travels_in", "the vehicle head moves in tail", "place", False, None, frozenset({"vehicle"}), PLACES),
    RelationType("based_in", "head has its post, business or seat in tail", "place", False, None, POWERS, SITES),
    RelationType("attended_by", "head, an event, is attended by tail", "other"),
    RelationType("ends_in", "head ends in tail", "other"),
    RelationType("occurs_in", "head happens in tail", "other"),
    RelationType("features", "head shows or contains tail", "other"),
    RelationType("stored_in", "head is kept in tail", "other"),
    RelationType("expressed_by", "head, a feeling, is expressed by tail", "other"),
    RelationType("associated_with", "head and tail belong together otherwise", "other", True),
)

BIOGRAPHICAL: tuple[RelationType, ...] = (
    RelationType("birthdate", "head was born on the date tail", "other"),
    RelationType("bplace_name", "head was born in the place tail", "place", head_kinds=PEOPLE, tail_kinds=PLACES),
    RelationType("deathdate", "head died on the date tail", "other"),
    RelationType("dplace_name", "head died in the place tail", "place", head_kinds=PEOPLE, tail_kinds=PLACES),
    RelationType("occupation", "head has the profession tail", "work"),
    RelationType("ofParent", "head is a child of tail", "kin", False, "hasChild", PEOPLE, PEOPLE),
    RelationType(
        "educatedAt", "head was educated at tail", "work", False, None, PEOPLE, frozenset({"organisation", "place"})
    ),
    RelationType("hasChild", "head is a parent of tail", "kin", False, "ofParent", PEOPLE, PEOPLE),
    RelationType("sibling", "head and tail are brother or sister", "kin", True, None, PEOPLE, PEOPLE),
    RelationType("Other", "head and tail are in no relation, or in one without a name", "other"),
)

RELATIONS: Mapping[str, RelationType] = MappingProxyType(
    {relation_type.name: relation_type for relation_type in (*FICTION, *BIOGRAPHICAL)}
)

# What models and people write instead of a name, after `_key` has removed case, spaces and punctuation.
SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "father_of": "parent_father_of",
        "father": "parent_father_of",
        "mother_of": "parent_mother_of",
        "mother": "parent_mother_of",
        "son_of": "child_of",
        "daughter_of": "child_of",
        "son": "child_of",
        "daughter": "child_of",
        "brother_of": "sibling_of",
        "sister_of": "sibling_of",
        "siblings": "sibling_of",
        "brother": "sibling_of",
        "sister": "sibling_of",
        "married_to": "spouse_of",
        "husband_of": "spouse_of",
        "wife_of": "spouse_of",
        "spouse": "spouse_of",
        "husband": "spouse_of",
        "wife": "spouse_of",
        "related_to": "relative_of",
        "relative": "relative_of",
        "companion": "companion_of",
        "friends_with": "friend_of",
        "friends": "friend_of",
        "friend": "friend_of",
        "in_love_with": "lover_of",
        "loves": "lover_of",
        "engaged_to": "lover_of",
        "lover": "lover_of",
        "rival": "rival_of",
        "enemies": "enemy_of",
        "enemy": "enemy_of",
        "mentor": "mentor_of",
        "teacher": "teacher_of",
        "employs": "employer_of",
        "employer": "employer_of",
        "leads": "leader_of",
        "leader": "leader_of",
        "belongs_to": "member_of",
        "member": "member_of",
        "resides_in": "lives_in",
        "visited": "visits",
        "visit": "visits",
        "travels_to": "travel_to",
        "traveled_to": "travel_to",
        "travelled_to": "travel_to",
        "born_at": "born_in",
        "is_located_in": "located_in",
        "located_at": "located_in",
        "is_part_of": "part_of",
        "protects": "protector_of",
        "associated": "associated_with",
        "birth_date": "birthdate",
        "birthplace": "bplace_name",
        "birth_place": "bplace_name",
        "death_date": "deathdate",
        "deathplace": "dplace_name",
        "death_place": "dplace_name",
        "parent": "ofParent",
        "educated": "educatedAt",
        "child": "hasChild",
    }
)

_NAME_OF_KEY: dict[str, str] = {}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def symmetric(name: str) -> bool:
    """Whether head and tail of the relation may change places. Raises KeyError for a name outside the vocabulary."""
    return RELATIONS[name].symmetric


def inverse(name: str) -> str | None:
    """The relation that holds from tail to head, if the vocabulary always has one name for it."""
    return RELATIONS[name].inverse


def allowed(name: str, head_kind: EntityKind, tail_kind: EntityKind) -> bool:
    """Whether entities of these kinds can stand in this relation, in this direction (either, if it is symmetric)."""
    relation_type = RELATIONS[name]
    if head_kind in relation_type.head_kinds and tail_kind in relation_type.tail_kinds:
        return True
    return relation_type.symmetric and tail_kind in relation_type.head_kinds and head_kind in relation_type.tail_kinds


def fold(head: str, name: str, tail: str) -> tuple[str, str, str]:
    """One writing of a fact that has two: symmetric ones sorted, parents as ``child_of``, ``owned_by`` as ``owns``.

    For comparing facts. It forgets whether a parent is the father or the mother, so it is not for storing them.
    """
    if symmetric(name):
        return (head, name, tail) if head <= tail else (tail, name, head)
    if name in FOLDED_INTO_INVERSE:
        return tail, str(inverse(name)), head
    return head, name, tail


FOLDED_INTO_INVERSE = frozenset({"parent_father_of", "parent_mother_of", "owned_by", "hasChild"})


def cypher_type(name: str) -> str:
    """The relation's type in a property graph: UPPER_SNAKE_CASE, such as SIBLING_OF."""
    return _CAMEL.sub("_", name).upper()


def normalise(raw: str) -> str:
    """The name that a free answer means; "" if it means none.

    Forgives case, spaces, hyphens, camel case, quotes and punctuation around it, a leading "is", "is the" or the like,
    and knows a few synonyms (:data:`SYNONYMS`). It does not guess beyond that.
    """
    key = _key(raw)
    for candidate in (key, _LEADING.sub("", key)):
        if candidate in _NAME_OF_KEY:
            return _NAME_OF_KEY[candidate]
    return ""


_LEADING = re.compile(r"^(?:(?:is|are|was|were|a|an|the)_)+")


def _key(raw: str) -> str:
    return _NOT_WORD.sub("_", _CAMEL.sub("_", raw.strip()).lower()).strip("_")


_NAME_OF_KEY.update({**SYNONYMS, **{_key(name): name for name in RELATIONS}})
