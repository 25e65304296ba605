"""Labels, types and properties that a statement names and no graph has, which Cypher passes over in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from litgraph.stores.cypher.patterns import elements, labels_of
from litgraph.stores.cypher.tokens import Tokens


def unknown_names(
    statement: str, labels: Collection[str], types: Collection[str], properties: Collection[str]
) -> Iterator[str]:
    """A line for each name that is not there, with the nearest that is.

    Args:
        statement: as the person wrote it.
        labels: that nodes may have.
        types: that relationships may have.
        properties: of nodes and relationships.
    """
    tokens = Tokens(statement)
    found: dict[tuple[str, str], Collection[str]] = {}
    variables: set[str] = set()
    for begin, is_node in elements(tokens):
        end = tokens.partner[begin]
        named = tokens.after(begin, end)
        if named < end and tokens.all[named].is_name:
            variables.add(tokens.all[named].name)
        for label in labels_of(tokens, begin):
            found["label" if is_node else "relation", label] = labels if is_node else types
        for index in range(begin + 1, end):
            if tokens.depth[index] == tokens.depth[begin] + 2 and tokens.low(index) == ":" and _in_map(tokens, index):
                found["property", tokens.all[tokens.before(index)].name] = properties
    for index, token in enumerate(tokens.all):
        owner, behind = tokens.before(index), tokens.after(index)
        is_access = token.low == "." and owner >= 0 and behind < len(tokens.all) and tokens.all[behind].is_name
        if is_access and tokens.all[owner].name in variables and tokens.low(tokens.before(owner)) != ".":
            found["property", tokens.all[behind].name] = properties
    for (what, name), known in found.items():
        if name not in known:
            yield f'The graph has no {what} "{name}"{_advice(name, known)}'


def _in_map(tokens: Tokens, colon: int) -> bool:
    """Does a colon stand behind a name of a map?"""
    name = tokens.before(colon)
    return tokens.all[name].is_name and tokens.low(tokens.before(name)) in ("{", ",")


def _advice(name: str, known: Collection[str]) -> str:
    lower = {one.lower(): one for one in sorted(known)}
    near = get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    return f'; do you mean "{lower[near[0]]}"?' if near else f"; it has {', '.join(sorted(known))}."
