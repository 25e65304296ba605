"""Chains of comparisons, ``100 < c.mentions < 2000``, as the two that they mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from litgraph.stores.cypher.tokens import CLAUSES, Edit, Tokens, edited

_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_BOUNDS = CLAUSES | frozenset(
    "and or xor not when then else case end as on by asc desc ascending descending distinct in , | ;".split()
)
_CHANCE = frozenset({"rand", "randomuuid", "timestamp"})  # asked twice, they answer twice
_MOST_ROUNDS = 3  # chains in brackets of chains; each round may double what stands in the middle


def with_single_comparisons(statement: str) -> str:
    """The statement with each chain as comparisons of two, joined by AND."""
    for _ in range(_MOST_ROUNDS):
        tokens = Tokens(statement)
        edits: list[Edit] = []
        for start, operators, stop in _runs(tokens):
            if len(operators) > 1 and not (edits and edits[-1][0] >= start):  # not one that holds another
                edits += _chain(tokens, start, operators, stop)
        if not edits:
            break
        statement = edited(tokens, edits)
    return statement


def _runs(tokens: Tokens) -> Iterator[tuple[int, list[int], int]]:
    """What stands between words and signs that bind less than comparisons, with its comparisons; inner ones first."""
    stack: list[tuple[int, list[int]]] = [(0, [])]
    for index in range(len(tokens.all)):
        low = tokens.low(index)
        if low in ("(", "[", "{") and tokens.partner[index] > index:
            stack.append((index + 1, []))
        elif low in (")", "]", "}") and tokens.partner[index] >= 0:
            yield *stack.pop(), index
        elif low in _COMPARISONS:
            stack[-1][1].append(index)
        elif low in _BOUNDS and tokens.low(tokens.before(index)) not in (".", ":"):
            yield *stack.pop(), index
            stack.append((index + 1, []))
    while stack:
        yield *stack.pop(), len(tokens.all)


def _chain(tokens: Tokens, start: int, operators: list[int], stop: int) -> Iterator[Edit]:
    places = [start - 1, *operators, stop]
    operands = [tokens.text(left + 1, right).strip() for left, right in pairwise(places)]
    if not all(operands) or any(tokens.low(index) in _CHANCE for index in range(start, stop)):
        return
    pairs = zip(operands, operators, operands[1:], strict=False)
    joined = " AND ".join(f"{left} {tokens.all[sign].text} {right}" for left, sign, right in pairs)
    yield tokens.after(start - 1), tokens.before(stop) + 1, f"({joined})"
