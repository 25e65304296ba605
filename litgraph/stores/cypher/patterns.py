"""Conditions inside of patterns, and expressions of labels, moved to where the embedded engine reads them: to WHERE.

``MATCH (c:Character&!Place WHERE c.first = 1)`` becomes ``MATCH (c) WHERE (c:Character AND NOT c:Place) AND (c.first =
1)``, and ``-[r:!KNOWS]-`` has the condition ``NOT type(r) = 'KNOWS'``. A pattern with its WHERE is one question, so the
rows are the same, also of OPTIONAL MATCH. Only relationships of variable length are left as they are: Neo4j knows no
condition on them either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from litgraph.stores.cypher.tokens import Edit, Tokens, edited, first

_MOST_ROUNDS = 20  # patterns with conditions that stand in conditions of patterns
_PATHS = ("shortestpath", "allshortestpaths")
_BEGINNINGS, _ENDS = ("-", "<-", "-->", "<--", "<-->"), ("-", "->", "-->", "<--", "<-->")
_PREFIX = "litgraph_"
"""Begins the names of what has none."""


def with_plain_patterns(statement: str) -> str:
    """The statement with every condition of a pattern in its WHERE."""
    for number in range(_MOST_ROUNDS):
        tokens = Tokens(statement)
        edits = list(_edits(tokens, f"{_PREFIX}{number}_"))
        if not edits:
            break
        statement = edited(tokens, edits)
    return statement


def with_plain_labels(statement: str) -> str:
    """The statement with every expression of labels outside of patterns, ``c:Character&!Place``, as a condition."""
    tokens = Tokens(statement)
    edits: list[Edit] = []
    end = 0
    for index, token in enumerate(tokens.all):
        colon = tokens.after(index)
        if index < end or not token.is_name or tokens.low(colon) != ":" or _is_key(tokens, index):
            continue
        end = _end_of_labels(tokens, colon + 1)
        label = _Labels(tokens, colon + 1, end)
        is_alternative = (
            label.signs == {"|"} and tokens.low(tokens.holder[index]) != "["
        )  # there, | may end a condition
        if (label.signs & {"&", "!"} or is_alternative) and not label.wrong:
            edits.append((index, end, label.condition(lambda name, it=token.text: f"{it}:{name}")))  # type: ignore[misc]
    return edited(tokens, edits)


def elements(tokens: Tokens) -> Iterator[tuple[int, bool]]:
    """The opening brackets of nodes and relationships wherever they stand, and whether each is a node."""
    found = {begin: is_node for part in _patterns(tokens) for begin, is_node in _elements(tokens, *part)}
    for index in range(len(tokens.all)):
        before, behind = tokens.low(tokens.before(index)), ""
        if tokens.partner[index] > index:
            behind = tokens.low(tokens.after(tokens.partner[index]))
        if tokens.low(index) == "[" and before in ("-", "<-"):
            found[index] = False
        elif tokens.low(index) == "(" and (before in _ENDS or behind in _BEGINNINGS):
            found[index] = True
    yield from sorted(found.items())


def labels_of(tokens: Tokens, begin: int) -> list[str]:
    """The names of labels or types that a node or a relationship has, behind its opening bracket."""
    end = tokens.partner[begin]
    colon = tokens.after(begin, end)
    if colon < end and tokens.all[colon].is_name:
        colon = tokens.after(colon, end)
    if colon >= end or tokens.low(colon) != ":":
        return []
    return [label.strip("`") for label in _Labels(tokens, colon + 1, _end_of_labels(tokens, colon + 1)).names]


def _is_key(tokens: Tokens, index: int) -> bool:
    """Is it the name of a value in a map, or inside of a pattern?"""
    before = tokens.low(tokens.before(index))
    return before in ("{", "(", "[") or (before == "," and tokens.low(tokens.holder[index]) == "{")


def _edits(tokens: Tokens, prefix: str) -> Iterator[Edit]:
    done = -1
    for start, stop in _patterns(tokens):
        if start < done:
            continue
        edits: list[Edit] = []
        conditions: list[str] = []
        for begin, is_node in _elements(tokens, start, stop):
            element = _Element(tokens, begin, is_node, f"{prefix}{begin}")
            edits += element.edits
            conditions += element.conditions
        if not edits:
            continue
        done = stop
        yield from edits
        joined = " AND ".join(conditions)
        if not joined:
            continue
        if tokens.low(stop) == "where":
            end = _end_of_where(tokens, stop)
            done = end
            last = tokens.before(end) + 1
            yield stop, stop + 1, f"WHERE {joined} AND ("
            yield last, last, ")"
        else:
            last = tokens.before(stop) + 1
            yield last, last, f" WHERE {joined}"


def _end_of_where(tokens: Tokens, where: int) -> int:
    end = tokens.end_of_clause(where)
    if tokens.low(tokens.holder[where]) == "[":  # a pattern comprehension
        return first(tokens, where, end, ("|",), tokens.depth[where])
    return end


def _patterns(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Where patterns begin and end: behind MATCH, in braces of EXISTS and COUNT, at the head of a comprehension."""
    for index in range(len(tokens.all)):
        low = tokens.low(index)
        if low == "match" and tokens.begins_clause(index):
            yield index + 1, tokens.end_of_clause(index)
        elif low == "{" and tokens.low(tokens.before(index)) in ("exists", "count") and tokens.partner[index] > 0:
            if not tokens.begins_clause(min(tokens.after(index), len(tokens.all) - 1)):
                end = tokens.partner[index]
                yield index + 1, first(tokens, index + 1, end, ("where",), tokens.depth[index] + 1)
        elif low == "[" and tokens.low(tokens.after(index)) == "(" and tokens.partner[index] > 0:
            yield index + 1, first(tokens, index + 1, tokens.partner[index], ("where", "|"), tokens.depth[index] + 1)


def _elements(tokens: Tokens, start: int, stop: int) -> Iterator[tuple[int, bool]]:
    """The brackets of a pattern's nodes (and whether it is one) and relationships, also inside of shortestPath(…)."""
    index = start
    while index < stop:
        low = tokens.low(index)
        if low in ("(", "[", "{") and tokens.partner[index] > index:
            if low == "(" and tokens.low(tokens.before(index)) in _PATHS:
                index += 1
                continue
            if low != "{":
                yield index, low == "("
            index = tokens.partner[index]
        index += 1


class _Element:
    """What a node or a relationship of a pattern becomes: the edits of its tokens, and conditions."""

    def __init__(self, tokens: Tokens, begin: int, is_node: bool, spare_name: str) -> None:
        self.edits: list[Edit] = []
        self.conditions: list[str] = []
        end, depth = tokens.partner[begin], tokens.depth[begin] + 1
        where = first(tokens, begin + 1, end, ("where",), depth)
        named = tokens.after(begin, end)
        name = tokens.all[named].text if named < where and tokens.all[named].is_name else ""
        if where < end and not is_node and first(tokens, begin + 1, where, ("*",), depth) < where:
            return
        colon = tokens.after(named, end) if name else named
        if colon < where and tokens.low(colon) == ":":
            last = _end_of_labels(tokens, colon + 1)
            labels = _Labels(tokens, colon + 1, last)
            if labels.wrong or (not is_node and first(tokens, last, where, ("*",), depth) < where):
                return
            if labels.signs & {"!", "%", "("} or labels.signs >= {"&", "|"} or (labels.signs and not is_node):
                if labels.signs != {"|"}:
                    self._without_labels(begin, colon, last, name or spare_name, labels, is_node, bool(name))
            elif labels.signs == {"&"}:
                self.edits.append((colon, last, "".join(f":{label}" for label in labels.names)))
        if where < end:
            last = tokens.before(where) + 1
            self.edits.append((last, end, ""))
            self.conditions.append(f"({tokens.text(where + 1, end).strip()})")

    def _without_labels(
        self, begin: int, colon: int, last: int, name: str, labels: _Labels, is_node: bool, is_named: bool
    ) -> None:
        self.edits.append((colon, last, "" if is_named else name))
        self.conditions.append(
            labels.condition(
                (lambda label: f"{name}:{label}") if is_node else (lambda label: f"type({name}) = '{label.strip('`')}'")
            )
        )


def _end_of_labels(tokens: Tokens, start: int) -> int:
    """Where an expression of labels ends that begins behind its colon."""
    index, wants_label = start, True
    depth = 0
    end = start
    while index < len(tokens.all):
        token, low = tokens.all[index], tokens.low(index)
        if token and wants_label:
            if low == "(":
                depth += 1
            elif token.is_name or low == "%":
                wants_label = False
            elif low != "!":
                break
        elif token:
            if low == ")" and depth:
                depth -= 1
            elif low in ("&", "|") or (low == ":" and not depth):
                wants_label = True
            else:
                break
        index += 1
        if token and not wants_label:
            end = index
    return end


class _Labels:
    """An expression of labels, such as ``A&!(B|C)``.

    Attributes:
        signs: what stands in it beside names.
        names: the labels.
        wrong: whether it is none.
    """

    def __init__(self, tokens: Tokens, start: int, end: int) -> None:
        self._parts = [token.text for token in tokens.all[start:end] if token]
        self.signs = {part for part in self._parts if part in ("&", "|", "!", "%", "(")}
        if ":" in self._parts:
            self._parts = ["&" if part == ":" else part for part in self._parts]
            self.signs |= {"&"}
        self.names = [part for part in self._parts if part not in ("&", "|", "!", "%", "(", ")")]
        self.wrong = not self._parts or self._parts.count("(") != self._parts.count(")")

    def condition(self, of: Callable[[str], str]) -> str:
        """The same as a condition; ``of`` writes that of one label."""
        written = {"&": " AND ", "|": " OR ", "!": "NOT ", "(": "(", ")": ")", "%": "true"}
        return f"({''.join(written.get(part) or f'({of(part)})' for part in self._parts)})"
