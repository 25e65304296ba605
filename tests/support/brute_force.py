"""Random Cypher queries with their answers by trying out everything, straight over networkx.

A query is a path of one to three hops, whose nodes may repeat, with conditions; by Cypher's rule no relationship is
used twice in one MATCH. It may be followed by an OPTIONAL MATCH, an EXISTS, or an aggregation.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import networkx

from litgraph.ontology import cypher_type

RELATIONS = ("sibling_of", "lover_of", "visits", "co_occurs_with", "speaks_to")
LABELS = ("", ":Entity", ":Character", ":Place", ":Book")
KIND = {"character": "Character", "place": "Place"}


def random_graph(choose: random.Random) -> networkx.MultiDiGraph:
    """A few people and places, parallel edges, loops and isolated nodes included; values are often the same."""
    graph = networkx.MultiDiGraph(identifier="b", title="B")
    size = choose.randrange(3, 8)
    for number in range(size):
        graph.add_node(
            f"n{number}", kind=choose.choice(("character", "character", "place")), name=f"N{number % 6}",
            mentions=choose.randrange(4), gender=choose.choice(("female", "male")), first=choose.randrange(3), last=9,
        )  # fmt: skip
    for _ in range(choose.randrange(size, 3 * size)):
        head, tail = (f"n{choose.randrange(size)}" for _ in range(2))
        relation = choose.choice(RELATIONS)
        graph.add_edge(head, tail, relation, relation=relation, weight=choose.randrange(1, 4), chapters=[1, 2])
    return graph


class Edge(NamedTuple):
    number: int
    type: str
    head: str
    tail: str
    weight: int | None


class World:
    """The property graph that the engine should have: the graph, its book, and who appears in it."""

    def __init__(self, graph: networkx.MultiDiGraph) -> None:
        self.nodes = {name: {"labels": {"Entity", KIND[data["kind"]]}, **data} for name, data in graph.nodes(data=True)}
        self.nodes["book"] = {"labels": {"Book"}, "name": "B"}
        edges = [
            (cypher_type(key), head, tail, data["weight"])
            for head, tail, key, data in graph.edges(keys=True, data=True)
        ]
        edges += [("APPEARS_IN", name, "book", None) for name in graph]
        self.edges = [Edge(number, *edge) for number, edge in enumerate(edges)]

    def steps(self, node: str, hop: Hop) -> Iterator[tuple[Edge, str]]:
        for edge in self.edges:
            if hop.types and edge.type not in hop.types:
                continue
            if edge.head == node and hop.direction in ("->", "--"):
                yield edge, edge.tail
            if (
                edge.tail == node
                and hop.direction in ("<-", "--")
                and not (
                    hop.direction == "--" and edge.head == edge.tail  # a loop has one end only
                )
            ):
                yield edge, edge.head


@dataclass(frozen=True)
class Hop:
    """One relationship of a path, or several one after another."""

    types: tuple[str, ...]
    direction: str
    longest: int = 1

    def cypher(self, name: str) -> str:
        types = f":{'|'.join(self.types)}" if self.types else ""
        stars = f"*1..{self.longest}" if self.longest > 1 else ""
        inner = f"[{'' if stars else name}{types}{stars}]"
        return {"->": f"-{inner}->", "<-": f"<-{inner}-", "--": f"-{inner}-"}[self.direction]


@dataclass(frozen=True)
class Pattern:
    """A path: variables of its nodes, their labels, the hops between them, and conditions on single nodes."""

    variables: tuple[str, ...]
    labels: dict[str, str]
    hops: tuple[Hop, ...]
    conditions: tuple[tuple[str, str, str, int | str], ...]  # variable, property, operator, value
    different: tuple[tuple[str, str], ...] = ()

    def cypher(self, edges: str, bound: frozenset[str] = frozenset()) -> str:
        seen = set(bound)
        text = ""
        for number, variable in enumerate(self.variables):
            text += f"({variable}{'' if variable in seen else self.labels[variable]})"
            seen.add(variable)
            if number < len(self.hops):
                text += self.hops[number].cypher(f"{edges}{number}")
        return text

    def without_new_variables(self, bound: frozenset[str]) -> str:
        text = ""
        for number, variable in enumerate(self.variables):
            text += f"({variable if variable in bound else self.labels[variable]})"
            if number < len(self.hops):
                text += self.hops[number].cypher("")
        return text

    def where(self) -> str:
        parts = [f"{v}.{name} {operator} {value!r}" for v, name, operator, value in self.conditions]
        parts += [f"{one} <> {other}" for one, other in self.different]
        return f" WHERE {' AND '.join(parts)}" if parts else ""

    def matches(self, world: World, bound: dict[str, str] | None = None) -> Iterator[tuple[dict[str, str], list[Edge]]]:
        """All bindings of the variables, each with the edges of the hops of one step."""
        for start in world.nodes:
            yield from self._from(world, 0, start, dict(bound or {}), [], [], bound or {})

    def _from(
        self, world: World, index: int, node: str, binding: dict[str, str], used: list[Edge], single: list[Edge],
        bound: dict[str, str],
    ) -> Iterator[tuple[dict[str, str], list[Edge]]]:  # fmt: skip
        variable = self.variables[index]
        if binding.get(variable, node) != node:
            return
        if variable not in bound and not self._fits(world, variable, node):
            return
        binding = {**binding, variable: node}
        if index == len(self.hops):
            if self._holds(world, binding):
                yield binding, single
            return
        hop = self.hops[index]
        for end, edges in self._walks(world, node, hop, used):
            new = single + edges[-1:] if hop.longest == 1 else single
            yield from self._from(world, index + 1, end, binding, edges, new, bound)

    def _walks(self, world: World, node: str, hop: Hop, used: list[Edge]) -> Iterator[tuple[str, list[Edge]]]:
        ends = [(node, used)]
        for _ in range(hop.longest):
            ends = [
                (end, [*before, edge])
                for at, before in ends
                for edge, end in world.steps(at, hop)
                if edge not in before
            ]
            yield from ends

    def _fits(self, world: World, variable: str, node: str) -> bool:
        label = self.labels[variable].removeprefix(":")
        return not label or label in world.nodes[node]["labels"]

    def _holds(self, world: World, binding: dict[str, str]) -> bool:
        for variable, name, operator, value in self.conditions:
            found: Any = world.nodes[binding[variable]].get(name)
            if found is None:
                return False
            if not {"=": found == value, ">": operator == ">" and found > value, "<>": found != value}[operator]:
                return False
        return all(binding[one] != binding[other] for one, other in self.different)


def random_pattern(choose: random.Random, names: str, most_hops: int = 3, bound: tuple[str, ...] = ()) -> Pattern:
    hops = tuple(
        Hop(
            tuple(cypher_type(name) for name in choose.sample(RELATIONS, choose.choice((0, 0, 1, 2)))),
            choose.choice(("->", "<-", "--")),
            choose.choice((1, 1, 1, 1, 2, 3)),
        )
        for _ in range(choose.randrange(1, most_hops + 1))
    )
    variables: list[str] = []
    for number in range(len(hops) + 1):
        if number == 0 and bound:
            variables.append(choose.choice(bound))
        elif len(variables) > 1 and choose.random() < 0.1:
            variables.append(choose.choice(variables[:-1]))  # a circle
        else:
            variables.append(names[number])
    labels = {variable: choose.choice(LABELS if choose.random() < 0.5 else LABELS[:2]) for variable in variables}
    own = sorted({variable for variable in variables if variable not in bound})
    conditions: list[tuple[str, str, str, int | str]] = []
    for variable in own:
        if choose.random() < 0.2:
            name = choose.choice(("mentions", "gender", "first"))
            value: int | str = choose.choice(("female", "male")) if name == "gender" else choose.randrange(3)
            conditions.append(
                (variable, name, choose.choice(("=", "<>") if name == "gender" else ("=", ">", "<>")), value)
            )
    different = ((own[0], own[1]),) if len(own) > 1 and choose.random() < 0.3 else ()
    return Pattern(tuple(variables), labels, hops, tuple(conditions), different)


Rows = Counter[tuple[Any, ...]]


def random_query(choose: random.Random, world: World) -> tuple[str, Rows]:
    """A statement and the rows that it should give."""
    pattern = random_pattern(choose, "abcd")
    variables = sorted(set(pattern.variables))
    start = f"MATCH {pattern.cypher('r')}{pattern.where()}"
    found = list(pattern.matches(world))

    def name(node: str) -> Any:
        return world.nodes[node]["name"]

    def named(binding: dict[str, str]) -> tuple[Any, ...]:
        return tuple(name(binding[variable]) for variable in variables)

    shown = ", ".join(f"{variable}.name" for variable in variables)
    first, last = variables[0], variables[-1]
    form = choose.choice(
        ("rows", "distinct", "count", "group", "weights", "optional", "exists", "predicate", "ordered")
    )
    if form == "rows":
        return f"{start} RETURN {shown}", Counter(named(binding) for binding, _ in found)
    if form == "distinct":
        return f"{start} RETURN DISTINCT {shown}", Counter({named(binding) for binding, _ in found})
    if form == "count":
        return f"{start} RETURN count(*)", Counter([(len(found),)])
    if form == "group":
        groups: dict[Any, list[str]] = {}
        for binding, _ in found:
            groups.setdefault(name(binding[first]), []).append(binding[last])
        rows = [(key, len(ends), len(set(ends))) for key, ends in groups.items()]
        return f"{start} RETURN {first}.name, count({last}), count(DISTINCT {last})", Counter(rows)
    if form == "weights" and pattern.hops[0].longest == 1:
        sums: dict[Any, int] = {}
        for binding, edges in found:
            key = name(binding[first])
            sums[key] = sums.get(key, 0) + (edges[0].weight or 0)
        return f"{start} RETURN {first}.name, sum(r0.weight)", Counter(sums.items())
    if form == "optional":
        more = random_pattern(choose, "wxyz", 2, tuple(variables))
        new = sorted(set(more.variables) - set(variables))
        if new:
            statement = f"{start} OPTIONAL MATCH {more.cypher('s', frozenset(variables))}{more.where()}"
            expected: Rows = Counter()
            for binding, _ in found:
                ends = [name(longer[new[0]]) for longer, _ in more.matches(world, binding)]
                expected.update([(*named(binding), end) for end in ends or [None]])
            return f"{statement} RETURN {shown}, {new[0]}.name", expected
    if form in ("exists", "predicate"):
        more = random_pattern(choose, "wxyz", 2, tuple(variables))
        negated = choose.choice(("", "NOT "))
        new = [variable for variable in more.variables if variable not in variables]
        if form == "predicate" and len(new) == len(set(new)):  # a bare pattern, without new variables
            more = replace(more, conditions=(), different=())
            inner = more.without_new_variables(frozenset(variables))
        else:
            inner = f"EXISTS {{ MATCH {more.cypher('s', frozenset(variables))}{more.where()} }}"
        statement = f"{start}{' AND ' if pattern.where() else ' WHERE '}{negated}{inner} RETURN {shown}"
        kept = [binding for binding, _ in found if any(True for _ in more.matches(world, binding)) != bool(negated)]
        return statement, Counter(named(binding) for binding in kept)
    ordered = sorted({named(binding) for binding, _ in found}, reverse=True)[:3]
    order = ", ".join(f"{variable}.name DESC" for variable in variables)
    return f"{start} WITH DISTINCT {', '.join(variables)} RETURN DISTINCT {shown} ORDER BY {order} LIMIT 3", Counter(
        ordered
    )
