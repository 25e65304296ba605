"""The closed vocabulary: the relations that an edge of the graph may bear, and the kinds of what they relate.

47 names are the fiction ontology of ARF (Christou & Tsoumakas, "Artificial Relationships in Fiction", LaTeCH-CLfL 2025,
appendix C; data ``Despina/project_gutenberg``, MIT). Ten are those of Biographical (Plum, Ranasinghe, Jones, Orăsan &
Mitkov, SIGIR 2022), which the GPU model was trained on beside them. Of these the strings ``birthdate``, ``bplace_name``
and ``Other`` were seen in its training rows; the other seven are written as the tables behind Biographical (Pantheon,
Wikidata) suggest, and :func:`normalise` takes their likely variants.

Meaning and kinds of the 34 relations that hold between people, places, vehicles and organisations follow the
annotation guide of litgraph's LitBank relation layer. The rest relate events, objects, times or ideas, which are no
nodes of the graph; they accept every kind.

``co_occurs_with`` and ``speaks_to`` are litgraph's own edges, no relations that a text states, and no part of the
vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from litgraph.types import ENTITY_KINDS, PLACE_LABELS, EntityKind, EntityLabel

Family = Literal["kin", "love", "friendship", "conflict", "work", "place", "other"]
Kinds = frozenset[EntityKind]

CO_OCCURS = "co_occurs_with"
SPEAKS_TO = "speaks_to"
NETWORKS: tuple[str, ...] = (SPEAKS_TO, CO_OCCURS)
"""Edges of who speaks to whom and who meets whom: kept apart from what is related."""

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
        family: what the relation is about.
        symmetric: head and tail may change places.
        inverse: the name that holds from tail to head, where one name always does; None for symmetric relations.
        head_kinds, tail_kinds: kinds of entity that may stand there.
    """

    name: str
    family: Family
    symmetric: bool = False
    inverse: str | None = None
    head_kinds: Kinds = ANY
    tail_kinds: Kinds = ANY


FICTION: tuple[RelationType, ...] = (
    # head is the father of tail
    RelationType(
        "parent_father_of",
        "kin",
        inverse="child_of",
        head_kinds=PEOPLE,
        tail_kinds=PEOPLE,
    ),
    # head is the mother of tail
    RelationType(
        "parent_mother_of",
        "kin",
        inverse="child_of",
        head_kinds=PEOPLE,
        tail_kinds=PEOPLE,
    ),
    # head is a child of tail; that may be a father or a mother, so no one name is the inverse
    RelationType("child_of", "kin", head_kinds=PEOPLE, tail_kinds=PEOPLE),
    # head and tail are brother or sister
    RelationType("sibling_of", "kin", True, None, PEOPLE, PEOPLE),
    # head and tail are married
    RelationType("spouse_of", "kin", True, None, PEOPLE, PEOPLE),
    # head and tail are kin or in-laws otherwise
    RelationType("relative_of", "kin", True, None, PEOPLE, PEOPLE),
    # head is brought up by tail as a child
    RelationType("adopted_by", "kin", False, None, PEOPLE, BODIES),
    # head and tail keep company
    RelationType("companion_of", "friendship", True, None, PEOPLE, PEOPLE),
    # head and tail are friends
    RelationType("friend_of", "friendship", True, None, PEOPLE, PEOPLE),
    # head loves, courts or is engaged to tail
    RelationType("lover_of", "love", False, None, PEOPLE, PEOPLE),
    # head and tail compete
    RelationType("rival_of", "conflict", True, None, POWERS, POWERS),
    # head and tail are hostile
    RelationType("enemy_of", "conflict", True, None, POWERS, POWERS),
    # head moves tail to think or act
    RelationType("inspires", "friendship", False, None, PEOPLE, PEOPLE),
    # head gives something up for tail
    RelationType("sacrifices_for", "friendship", False, None, PEOPLE, BODIES),
    # head guides tail
    RelationType("mentor_of", "friendship", False, None, PEOPLE, PEOPLE),
    # head teaches tail
    RelationType("teacher_of", "work", False, None, PEOPLE, PEOPLE),
    # head guards, rescues or nurses tail
    RelationType("protector_of", "friendship", False, None, BODIES, POWERS),
    # head employs tail, as master or mistress too
    RelationType("employer_of", "work", False, None, POWERS, PEOPLE),
    # head leads, commands or rules tail
    RelationType("leader_of", "work", False, None, PEOPLE, POWERS | {"vehicle"}),
    # head belongs to the body or group tail
    RelationType("member_of", "work", False, None, PEOPLE, POWERS),
    # head lives in tail
    RelationType("lives_in", "place", False, None, PEOPLE, SITES),
    # head once lived in tail
    RelationType("lived_in", "place", False, None, PEOPLE, SITES),
    # head is a guest or an outsider in tail
    RelationType("visits", "place", False, None, PEOPLE, PROPERTY),
    # head journeys towards tail or arrives there
    RelationType("travel_to", "place", False, None, BODIES, SITES),
    # head was born in tail
    RelationType("born_in", "place", False, None, PEOPLE, PLACES),
    # head travels by the vehicle tail
    RelationType("travels_by", "place", False, None, PEOPLE, frozenset({"vehicle"})),
    # head takes part in tail
    RelationType("participates_in", "other"),
    # head brings tail about
    RelationType("causes", "other"),
    # head owns tail
    RelationType("owns", "work", False, "owned_by", BODIES, PROPERTY),
    # head believes in tail
    RelationType("believes_in", "other"),
    # head stands for the idea tail
    RelationType("embodies", "other"),
    # head is in tail
    RelationType("located_in", "place", False, None, ANY, SITES),
    # head is a part of tail
    RelationType("part_of", "place", False, None, PROPERTY, PROPERTY),
    # head belongs to tail
    RelationType("owned_by", "work", False, "owns", PROPERTY, BODIES),
    # head is the room or house that tail uses
    RelationType("occupied_by", "place", False, None, SITES, BODIES),
    # head is used by tail
    RelationType("used_by", "work", False, None, PROPERTY, BODIES),
    # head has an effect on tail
    RelationType("affects", "other"),
    # head is lived through by tail
    RelationType("experienced_by", "other"),
    # the vehicle head moves in tail
    RelationType("travels_in", "place", False, None, frozenset({"vehicle"}), PLACES),
    # head has its post, business or seat in tail
    RelationType("based_in", "place", False, None, POWERS, SITES),
    # head, an event, is attended by tail
    RelationType("attended_by", "other"),
    # head ends in tail
    RelationType("ends_in", "other"),
    # head happens in tail
    RelationType("occurs_in", "other"),
    # head shows or contains tail
    RelationType("features", "other"),
    # head is kept in tail
    RelationType("stored_in", "other"),
    # head, a feeling, is expressed by tail
    RelationType("expressed_by", "other"),
    # head and tail belong together otherwise
    RelationType("associated_with", "other", True),
)

BIOGRAPHICAL: tuple[RelationType, ...] = (
    # head was born on the date tail
    RelationType("birthdate", "other"),
    # head was born in the place tail
    RelationType("bplace_name", "place", head_kinds=PEOPLE, tail_kinds=PLACES),
    # head died on the date tail
    RelationType("deathdate", "other"),
    # head died in the place tail
    RelationType("dplace_name", "place", head_kinds=PEOPLE, tail_kinds=PLACES),
    # head has the profession tail
    RelationType("occupation", "work"),
    # head is a child of tail
    RelationType("ofParent", "kin", False, "hasChild", PEOPLE, PEOPLE),
    # head was educated at tail
    RelationType("educatedAt", "work", False, None, PEOPLE, frozenset({"organisation", "place"})),
    # head is a parent of tail
    RelationType("hasChild", "kin", False, "ofParent", PEOPLE, PEOPLE),
    # head and tail are brother or sister
    RelationType("sibling", "kin", True, None, PEOPLE, PEOPLE),
    # head and tail are in no relation, or in one without a name
    RelationType("Other", "other"),
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


KIND_OF_LABEL: Mapping[EntityLabel, EntityKind] = MappingProxyType(
    {
        "PER": "character",
        "FAC": "place",
        "GPE": "place",
        "LOC": "place",
        "VEH": "vehicle",
        "ORG": "organisation",
    }
)
"""What the vocabulary calls a mention of each label; a group of people is labelled as people are."""

_LABEL_OF_KIND: Mapping[EntityKind, EntityLabel] = MappingProxyType(
    {"character": "PER", "group": "PER", "place": "GPE", "organisation": "ORG", "vehicle": "VEH"}
)


def label_of_kind(kind: EntityKind, label: EntityLabel) -> EntityLabel:
    """The label of a mention of an entity of that kind: as it was found if that agrees, else what the kind suggests."""
    return label if kind == "place" and label in PLACE_LABELS else _LABEL_OF_KIND[kind]


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
