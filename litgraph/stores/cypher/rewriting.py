"""What Neo4j understands, written so that the embedded engine does: only where it surely means the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from litgraph.errors import QueryError
from litgraph.stores.cypher.comparisons import with_single_comparisons
from litgraph.stores.cypher.patterns import with_plain_labels, with_plain_patterns
from litgraph.stores.cypher.tokens import Edit, Tokens, edited

LONGEST, DEEPEST = 20_000, 100
"""Characters that a statement has at most, and brackets that may stand in one another. Cypher knows no such limits;
beyond them the engine's parser takes minutes or dies."""

SPARE_PATH = "litgraph_path"
"""Begins the names of paths that have none. A column of such a name is not shown."""

_FUNCTIONS = {"percentilecont": "percentile_cont", "percentiledisc": "percentile_disc"}
_PATHS = ("shortestpath", "allshortestpaths")


def rewritten(statement: str) -> str:
    """A statement in the engine's own words. Columns keep the names that Neo4j would give them.

    Raises:
        QueryError: it is empty, too long, too deep, reads files, or is of the engine's own kind.
    """
    _check(statement)
    tokens = Tokens(statement)
    if max(tokens.depth, default=0) > DEEPEST:
        raise QueryError(f"More than {DEEPEST} brackets of the statement stand in one another.", "Ask in steps.")
    _check_words(tokens)
    return _in_own_words(edited(tokens, _column_names(tokens)))


def _in_own_words(statement: str) -> str:
    statement = with_plain_labels(with_plain_patterns(statement))
    statement = with_named_paths(with_single_comparisons(statement))
    return counted(with_own_functions(statement))


def _check(statement: str) -> None:
    if len(statement) > LONGEST:
        raise QueryError(f"The statement is longer than {LONGEST:,} characters.", "Give what is long as a parameter.")


def _check_words(tokens: Tokens) -> None:
    """Refuse what reads files, which the engine allows to a query that may only read, and what gives no rows."""
    words = [token.low for token in tokens.all if token]
    if not words:
        raise QueryError("The statement is empty.", 'Write one, such as "MATCH (c:Character) RETURN c.name".')
    pairs = set(pairwise(words))
    if ("load", "csv") in pairs:
        raise QueryError("A query may not read files (LOAD CSV).", "Ask the graph only.")
    if ("format", "csv") in pairs:
        raise QueryError("FORMAT CSV is not Neo4j's Cypher.", "Use `litgraph query --csv`.")


def _column_names(tokens: Tokens) -> Iterator[Edit]:
    """The name that each column of the answer has anyway, where it will be written otherwise."""
    for index in range(len(tokens.all)):
        if tokens.low(index) == "return" and not tokens.depth[index] and tokens.begins_clause(index):
            end = tokens.end_of_clause(index)
            commas = [at for at in range(index, end) if tokens.low(at) == "," and not tokens.depth[at]]
            for start, stop in zip([index, *commas], [*commas, end], strict=True):
                first, last = tokens.after(start, stop), tokens.before(stop) + 1
                if tokens.low(first) == "distinct":
                    first = tokens.after(first, stop)
                text = tokens.text(first, last)
                named = any(tokens.low(at) == "as" and not tokens.depth[at] for at in range(first, last))
                if text and not named and "`" not in text and _in_own_words(text) != text:
                    yield last, last, f" AS `{text}`"


def with_own_functions(statement: str) -> str:
    """The statement with the engine's names of functions."""
    tokens = Tokens(statement)
    return edited(
        tokens,
        [
            (index, index + 1, _FUNCTIONS[token.low])
            for index, token in enumerate(tokens.all)
            if token.low in _FUNCTIONS and tokens.low(tokens.after(index)) == "("
        ],
    )


def with_named_paths(statement: str) -> str:
    """The statement with each shortest path in a MATCH of its own and under a name, as the engine wants it."""
    tokens = Tokens(statement)
    edits: list[Edit] = []
    for index in range(len(tokens.all)):
        if tokens.low(index) != "match" or not tokens.begins_clause(index):
            continue
        end, depth = tokens.end_of_clause(index), tokens.depth[index]
        commas = [at for at in range(index, end) if tokens.low(at) == "," and tokens.depth[at] == depth]
        parts = list(zip([index, *commas], [*commas, end], strict=True))
        shortest = [_shortest(tokens, start, stop) for start, stop in parts]
        for number, (start, _) in enumerate(parts):
            if shortest[number] < 0:
                continue
            is_named = tokens.low(tokens.before(shortest[number])) == "="
            name = "" if is_named else f" {SPARE_PATH}{shortest[number]} ="
            is_last = 0 < number == len(parts) - 1 and not _is_optional(tokens, index)
            if is_last and all(_is_node(tokens, *part) for part in parts[:number]):
                edits.append((start, start + 1, f" MATCH{name}"))
            elif name:
                edits.append((start + 1, start + 1, name))
    return edited(tokens, edits)


def _shortest(tokens: Tokens, start: int, stop: int) -> int:
    """Where shortestPath(…) stands in a part of a pattern; -1 if nowhere."""
    depth = tokens.depth[start]
    return next((at for at in range(start + 1, stop) if tokens.low(at) in _PATHS and tokens.depth[at] == depth), -1)


def _is_node(tokens: Tokens, start: int, stop: int) -> bool:
    begin = tokens.after(start)
    return tokens.low(begin) == "(" and tokens.after(tokens.partner[begin]) >= stop


def _is_optional(tokens: Tokens, match: int) -> bool:
    return tokens.low(tokens.before(match)) == "optional"


_STEP = r"\s*<?-\s*(?:\[[^\]]*\]\s*)?->?\s*\([^()]*\)"
_PREDICATE = re.compile(rf"\b(?:WHERE|AND|OR|XOR|NOT)\b[\s(]*?(\([^()]*\)(?:{_STEP})+)", re.IGNORECASE)


def counted(statement: str) -> str:
    """The statement with each ``EXISTS {…}``, and each pattern in its place, as ``0 < COUNT {…}``.

    kglite 0.21.2 takes a wrong short cut for EXISTS: of two steps that go over parallel relationships, such as
    ``EXISTS { (a)-[:SIBLING_OF]-(b)--(c) }``, it may miss the only one. Counting is right.
    """
    tokens = Tokens(statement)
    # Quoted text is blank, of the same length, so that places agree.
    words = "".join(" " * len(token.text) if token.kind in ("string", "name") else token.text for token in tokens.all)
    pieces: list[str] = []
    position, plain_text = 0, tokens.text()
    for match in _PREDICATE.finditer(words):
        start, end = match.span(1)
        pieces += [plain_text[position:start], f"(0 < COUNT {{{plain_text[start:end]}}})"]
        position = end
    tokens = Tokens("".join([*pieces, plain_text[position:]]))
    edits: list[Edit] = []
    for index in range(len(tokens.all)):
        brace = tokens.after(index)
        if tokens.low(index) == "exists" and tokens.low(brace) == "{" and tokens.partner[brace] > 0:
            edits += [(index, brace + 1, "(0 < COUNT {"), (tokens.partner[brace], tokens.partner[brace] + 1, "})")]
    return edited(tokens, edits)
