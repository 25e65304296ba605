"""Families, from what the graph knows of parents, couples, brothers and sisters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from litgraph.graph import edges_of

if TYPE_CHECKING:
    import networkx

PARENTS = frozenset({"parent_father_of", "parent_mother_of", "hasChild"})
CHILDREN = frozenset({"child_of", "ofParent", "adopted_by"})
SIBLINGS = frozenset({"sibling_of", "sibling"})
SPOUSES = frozenset({"spouse_of"})


class Kin(NamedTuple):
    """One bond of a family, by ids.

    Attributes:
        one, other: parent and child; of couples and siblings the smaller id first.
        bond: "parent", "spouse" or "sibling".
        confidence: of the surest edge that says so, 0 to 1.
    """

    one: str
    other: str
    bond: str
    confidence: float


class Family(NamedTuple):
    """People whom descent or marriage connects.

    Attributes:
        members: ids, by generation, then by how often they are mentioned.
        generations: of each member, 0 for the oldest; a couple is of one generation.
        bonds: those that agree with the generations, the surest first.
        contradictions: those that cannot hold beside surer ones, such as a daughter who is her mother's mother.
    """

    members: tuple[str, ...]
    generations: dict[str, int]
    bonds: tuple[Kin, ...]
    contradictions: tuple[Kin, ...]

    def parents(self, child: str) -> tuple[str, ...]:
        """Ids of the known parents, sorted."""
        return tuple(sorted(bond.one for bond in self.bonds if bond.bond == "parent" and bond.other == child))

    def children(self, *parents: str) -> tuple[str, ...]:
        """Ids of those whom all of these are parents of, sorted."""
        return tuple(member for member in sorted(self.members) if {*parents} <= {*self.parents(member)})

    @property
    def couples(self) -> tuple[tuple[str, str], ...]:
        """Who is married to whom, the surest first."""
        return tuple((bond.one, bond.other) for bond in self.bonds if bond.bond == "spouse")


def kin(graph: networkx.Graph, minimum_confidence: float = 0.0) -> list[Kin]:
    """The bonds of descent and marriage between single characters, the surest first; each once.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        minimum_confidence: less sure edges are left out.
    """
    people = {node for node, data in graph.nodes(data=True) if data.get("kind") == "character"}
    surest: dict[tuple[str, str, str], float] = {}
    for head, tail, key, data in edges_of(graph):
        bond = _bond(head, tail, data.get("relation", key))
        confidence = float(data.get("confidence", 1.0))
        if bond and head != tail and {head, tail} <= people and confidence >= minimum_confidence:
            surest[bond] = max(confidence, surest.get(bond, 0.0))
    found = [Kin(*bond, confidence) for bond, confidence in surest.items()]
    return sorted(found, key=lambda one: (-one.confidence, one))


def families(graph: networkx.Graph, minimum_confidence: float = 0.0) -> list[Family]:
    """The families of a novel, the largest first: everybody in them, by generation.

    Surer bonds are believed first; one that contradicts the generations that these make is set aside. Two families that
    a marriage joins are one.

    Args:
        graph: as for :func:`kin`.
        minimum_confidence: likewise.
    """
    tree = _Generations()
    agreeing: list[Kin] = []
    against: list[Kin] = []
    for bond in kin(graph, minimum_confidence):
        step = 1 if bond.bond == "parent" else 0
        (agreeing if tree.join(bond.one, bond.other, step) else against).append(bond)
    mentions = {node: data.get("mentions", 0) for node, data in graph.nodes(data=True)}
    found = []
    for members in tree.groups():
        oldest = min(members.values())
        generations = {node: place - oldest for node, place in members.items()}
        order = sorted(generations, key=lambda node: (generations[node], -mentions.get(node, 0), node))
        found.append(
            Family(
                tuple(order),
                {node: generations[node] for node in order},
                tuple(bond for bond in agreeing if bond.one in members),
                tuple(bond for bond in against if bond.one in members),
            )
        )
    return sorted(found, key=lambda family: (-len(family.members), family.members))


class _Generations:
    """Groups of people with the distance of each to the head of the group, in generations."""

    def __init__(self) -> None:
        self._above: dict[str, tuple[str, int]] = {}

    def join(self, one: str, other: str, step: int) -> bool:
        """Say that ``other`` is ``step`` generations after ``one``; False if that contradicts what was said before."""
        (head, place), (other_head, other_place) = self._find(one), self._find(other)
        if head == other_head:
            return other_place - place == step
        self._above[other_head] = (head, place + step - other_place)
        return True

    def groups(self) -> list[dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for node in sorted(self._above):
            head, place = self._find(node)
            found.setdefault(head, {})[node] = place
        return list(found.values())

    def _find(self, node: str) -> tuple[str, int]:
        self._above.setdefault(node, (node, 0))
        way = [node]
        while self._above[way[-1]][0] != way[-1]:
            way.append(self._above[way[-1]][0])
        head, place = way[-1], 0
        for step in reversed(way[:-1]):  # the next search finds it at once
            place += self._above[step][1]
            self._above[step] = (head, place)
        return head, place


def _bond(head: str, tail: str, relation: str) -> tuple[str, str, str] | None:
    if relation in PARENTS:
        return head, tail, "parent"
    if relation in CHILDREN:
        return tail, head, "parent"
    if relation in SIBLINGS or relation in SPOUSES:
        return min(head, tail), max(head, tail), "sibling" if relation in SIBLINGS else "spouse"
    return None
