"""The edges of a graph against what careful readers of the whole novel know (``corpora.book_relations``).

Edges are compared folded: symmetric ones unordered, *child_of* turned into *parent of*; who is called a father and is a
woman by the corpus (or a mother and a man) is neither. Entities are compared as the characters that they are mostly
called, places by name. What the corpus cannot judge is left out: edges with somebody who is no character of its list.
Its kin and love are complete, so what has no line there is wrong; the other relations are not, and count as right where
the two have any of the same family. Two entities of one character are nobody's kin: such an edge is wrong, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from litgraph.corpora.book_relations import BookRelation, people_beside, places_of
from litgraph.corpora.pdnc import GoldCharacter, Novel
from litgraph.evaluation.calibration import expected_calibration_error
from litgraph.evaluation.scores import Scores, harmonic_mean, share
from litgraph.evaluation.speech.matching import characters_of
from litgraph.ontology import CO_OCCURS, RELATIONS, SPEAKS_TO
from litgraph.types import Cast, Gender

Folded = tuple[str, str, str]

KIN = frozenset("parent_of parent_father_of parent_mother_of sibling_of spouse_of relative_of adopted_by".split())
LOVE = frozenset({"lover_of"})
FRIENDSHIP, CONFLICT = frozenset({"friend_of", "companion_of"}), frozenset({"enemy_of", "rival_of"})
SOCIAL = FRIENDSHIP | CONFLICT
ROLES = frozenset("employer_of teacher_of mentor_of protector_of leader_of inspires sacrifices_for".split())
PLACES = frozenset(
    "lives_in lived_in born_in visits travel_to owns based_in leader_of located_in part_of bplace_name".split()
)
_ALIKE = (KIN, LOVE, FRIENDSHIP, CONFLICT, ROLES, PLACES)
_PARENTS: Mapping[str, Gender] = {"parent_father_of": "male", "parent_mother_of": "female"}


class ClaimedEdge(NamedTuple):
    """An edge of a graph: ids of entities, the relation and its confidence."""

    head: str
    relation: str
    tail: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FamilyScores:
    """One family of relations.

    Attributes:
        exact: edges against all facts of it.
        core: the core facts, and how many of them were found.
        alike: how many of the edges join two that are related by the same family.
        judged: confidence of each edge, and whether it is exactly right.
    """

    exact: Scores = field(default_factory=Scores)
    core: Scores = field(default_factory=Scores)
    alike: int = 0
    judged: tuple[tuple[float, bool], ...] = field(default=(), repr=False)

    def __add__(self, other: FamilyScores) -> FamilyScores:
        return FamilyScores(
            self.exact + other.exact, self.core + other.core, self.alike + other.alike, self.judged + other.judged
        )

    @property
    def alike_precision(self) -> float:
        """Share of the edges that join two who are related by the same family."""
        return share(self.alike, self.exact.found)

    @property
    def f1_over_all(self) -> float:
        """Harmonic mean of the edges' precision and the share of all facts that was found."""
        return harmonic_mean(self.exact.precision, self.exact.recall)


@dataclass(frozen=True, slots=True)
class BookRelationScores:
    """A novel's graph, or several together."""

    kin: FamilyScores = field(default_factory=FamilyScores)
    love: FamilyScores = field(default_factory=FamilyScores)
    social: FamilyScores = field(default_factory=FamilyScores)
    roles: FamilyScores = field(default_factory=FamilyScores)
    places: FamilyScores = field(default_factory=FamilyScores)

    def __add__(self, other: BookRelationScores) -> BookRelationScores:
        return BookRelationScores(
            self.kin + other.kin,
            self.love + other.love,
            self.social + other.social,
            self.roles + other.roles,
            self.places + other.places,
        )

    def figures(self) -> dict[str, float]:
        """By name: "P" is precision ("family": by family of labels), "core" the share of the core facts found."""
        return {
            "kin P": self.kin.exact.precision,
            "kin core": self.kin.core.recall,
            "kin F1": self.kin.f1_over_all,
            "love P": self.love.exact.precision,
            "love core": self.love.core.recall,
            "social family": self.social.alike_precision,
            "social core": self.social.core.recall,
            "roles core": self.roles.core.recall,
            "places family": self.places.alike_precision,
            "places core": self.places.core.recall,
            "ECE": expected_calibration_error([*self.kin.judged, *self.love.judged]),
        }


def score_edges(
    edges: Iterable[ClaimedEdge], cast: Cast, novel: Novel, facts: Sequence[BookRelation]
) -> BookRelationScores:
    """Compare the edges of a novel's graph with its facts.

    Args:
        edges: of the graph; who meets and who speaks to whom is left out.
        cast: whose ids they bear.
        novel: of PDNC, for its characters.
        facts: of the novel.
    """
    characters = [*novel.characters, *people_beside(facts)]
    named = names_of(cast, characters, facts)
    genders = {one.name: one.gender for one in characters}
    found: dict[Folded, float] = {}
    for edge in edges:
        if edge.relation in (CO_OCCURS, SPEAKS_TO) or edge.head not in named or edge.tail not in named:
            continue
        one = folded(named[edge.head], edge.relation, named[edge.tail], genders)
        found[one] = max(found.get(one, 0.0), edge.confidence)
    gold = {folded(fact.head, fact.relation, fact.tail, genders): fact.level for fact in facts}
    places = {one.name for one in places_of(facts)}

    def scores(labels: frozenset[str], *alike: frozenset[str], of_places: bool = False) -> FamilyScores:
        def asked(one: Folded) -> bool:
            return one[1] in labels and of_places == (one[0] in places or one[2] in places)

        own = {one: confidence for one, confidence in found.items() if asked(one)}
        wanted = [one for one in gold if asked(one)]
        core = [one for one in wanted if gold[one] == "core"]
        pairs = {(family, frozenset((one[0], one[2]))) for one in wanted for family in alike if one[1] in family}
        return FamilyScores(
            Scores(len(wanted), len(own), sum(one in gold for one in own)),
            Scores(len(core), len(core), sum(one in own for one in core)),
            sum(
                any((family, frozenset((a, b))) in pairs for family in alike if label in family) for a, label, b in own
            ),
            tuple((confidence, one in gold) for one, confidence in own.items()),
        )

    return BookRelationScores(
        kin=scores(KIN, KIN),
        love=scores(LOVE, LOVE),
        social=scores(SOCIAL, FRIENDSHIP, CONFLICT),
        roles=scores(ROLES, ROLES),
        places=scores(PLACES, PLACES, of_places=True),
    )


def judge(
    cast: Cast, novel: Novel, facts: Sequence[BookRelation]
) -> Callable[[str, str, str], tuple[bool, bool] | None]:
    """What says of *head relation tail* (ids) whether it is exactly right, and whether it is by family.

    It says None where the corpus does not know one of the two.

    Args:
        cast: whose ids they are.
        novel: of PDNC, for its characters.
        facts: of the novel.
    """
    characters = [*novel.characters, *people_beside(facts)]
    named = names_of(cast, characters, facts)
    genders = {one.name: one.gender for one in characters}
    gold = {folded(fact.head, fact.relation, fact.tail, genders) for fact in facts}
    pairs = {(frozenset((one[0], one[2])), family) for one in gold for family in _ALIKE if one[1] in family}

    def judged(head: str, relation: str, tail: str) -> tuple[bool, bool] | None:
        if head not in named or tail not in named:
            return None
        one = folded(named[head], relation, named[tail], genders)
        two = frozenset((one[0], one[2]))
        return one in gold, any((two, family) in pairs for family in _ALIKE if one[1] in family)

    return judged


def names_of(cast: Cast, characters: Sequence[GoldCharacter], facts: Sequence[BookRelation]) -> dict[str, str]:
    """By id of an entity the character or place of the facts that it is mostly called."""
    people = Cast(tuple(one for one in cast.entities if one.kind in ("character", "group")))
    others = Cast(tuple(one for one in cast.entities if one.kind not in ("character", "group")))
    return characters_of(people, characters) | characters_of(others, places_of(facts))


def folded(head: str, relation: str, tail: str, genders: Mapping[str, Gender]) -> Folded:
    """One writing of a fact that has two.

    >>> folded("Jane", "child_of", "Mr. Bennet", {"Mr. Bennet": "male"})
    ('Mr. Bennet', 'parent_of', 'Jane')
    >>> folded("Mr. Bennet", "parent_mother_of", "Jane", {"Mr. Bennet": "male"})
    ('Mr. Bennet', 'parent_mother_of', 'Jane')

    Args:
        head: by name, as all others.
        relation: a name of the vocabulary.
        tail: whom it is to.
        genders: of those who are known.
    """
    if relation in ("child_of", "ofParent"):
        return tail, "parent_of", head
    if relation == "hasChild" or relation in _PARENTS:
        fits = genders.get(head, "unknown") in ("unknown", _PARENTS.get(relation, genders.get(head)))
        return head, "parent_of" if fits else relation, tail
    if relation == "sibling" or RELATIONS[relation].symmetric:
        one, other = sorted((head, tail))
        return one, "sibling_of" if relation == "sibling" else relation, other
    return head, relation, tail
