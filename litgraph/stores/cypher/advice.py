"""What to write instead of what Neo4j understands, the embedded engine does not, and nobody can surely rewrite."""

from __future__ import annotations

from itertools import pairwise

from litgraph.stores.cypher.patterns import elements
from litgraph.stores.cypher.tokens import Tokens, first

COOKBOOK = "docs/cookbook.md has examples."


def advice(statement: str, message: str) -> str:
    """One sentence for a statement that the engine refused.

    Args:
        statement: as the person wrote it.
        message: what the engine said.
    """
    tokens = Tokens(statement)
    words = [token.low for token in tokens.all if token]
    pairs = set(pairwise(words))
    if "aggregate function" in message.lower() and "reduce" in words:
        return "Collect first: WITH collect(c.mentions) AS found RETURN reduce(s = 0, x IN found | s + x)."
    if "aggregate function" in message.lower():
        return "Aggregate first: WITH count(c) AS found RETURN … found …"
    if "stdevp" in words:
        return "Use stDev, or stDev(x) * sqrt((count(x) - 1.0) / count(x))."
    if {"shortestpath", "allshortestpaths"} & set(words) or "shortest" in words:
        return "Write MATCH p = shortestPath((a)-[*..5]-(b)), with a and b matched before, and RETURN length(p)."
    if ("collect", "{") in pairs:
        return "Write [(a)--(b) | b.name], or OPTIONAL MATCH (a)--(b) and collect(b.name)."
    if "let" in words:
        return "Write WITH *, c.mentions AS x for LET x = c.mentions."
    if pairs & {(end, sign) for end in (")", "-", "->", "-->") for sign in ("{", "+")} or ("--", "+") in pairs:
        return "Write a number of steps as -[*1..2]-, and one step or more as -[*1..]-."
    for begin, is_node in elements(tokens):
        end, depth = tokens.partner[begin], tokens.depth[begin] + 1
        if not is_node and first(tokens, begin, end, ("where",), depth) < end:
            return "Of many steps, write MATCH p = (a)-[*1..3]-(b) WHERE all(r IN relationships(p) WHERE …)."
        if first(tokens, begin, end, ("is",), depth) < end:
            return "Write a label as (c:Character)."
    return COOKBOOK
