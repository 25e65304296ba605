"""One string for a pair of mentions and the words around them: what the rules' patterns are matched against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from litgraph.types import Mention, Pair

MAX_BETWEEN = 100
"""Characters between two mentions beyond which no rule looks: some 18 words."""
CONTEXT = 60
"""Characters of context kept before the first mention and after the last."""

HEDGES = (
    "if not n't never no nor neither nobody would could should might may can will shall 'll cannot must wish "
    "wished wishes hope hoped unless whether want wanted wants ought perhaps suppose supposed without hardly "
    "scarcely intend intended refused pretended dreamed imagined instead lest like let fancy fancied"
)

_HEDGE = re.compile(rf" \^?(?:{'|'.join(map(re.escape, HEDGES.split()))}) ")
# Boundaries are tokens of their own: the points of "Mr." and "St." are none.
_CLAUSE_BOUNDARY = re.compile(r"(?:^|(?<= ))[.;:!?\"()-] ")
_ASKED = re.compile(r"(?:(?![.;!?] )[^ ]+ )*\? ")
_INVERTED = re.compile(r"(?:^| )\^?(?:did|does|do|is|are|was|were|has|have|had) $")
_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Messrs|Esq|Rev|Hon|Capt|Col|Gen|Lieut|Prof|Sr|Jr|Mme|Mlle)\.|--+|n['’]t\b|['’](?:s|S|ll|re|ve|d|m)\b"
    r"|[^\W\d_]+?(?=n['’]t\b)|[^\W_]+(?:-[^\W_]+)*|\S"
)
# Also keeps the signs that a scene is built with out of the tokens.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "<": "(", ">": ")", "^": "*"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A pair, encoded.

    Every token is followed by one space and in lower case, with ``^`` before it if it was capitalised; a mention stands
    between ``<`` and ``>``. So *Elizabeth, the sister of Jane* is ``< ^elizabeth > , the sister of < ^jane > `` and
    *his wife*, with *his* as a mention inside, is ``< < his > wife > ``.

    Attributes:
        first, second: the mentions in text order, the containing one first.
        nested: ``first`` contains ``second``.
        before: the words before the first mention.
        body: from the first mention to the end of the last one and on into what follows.
        length: how much of ``body`` belongs to the mentions and what is between them.
    """

    first: Mention
    second: Mention
    nested: bool
    before: str
    body: str
    length: int

    def hedged(self) -> bool:
        """The clause is negated, conditional, wished for, to come or asked."""
        clause = _CLAUSE_BOUNDARY.split(self.before)[-1]
        return bool(
            _HEDGE.search(f" {clause}{self.body[: self.length]}")
            or _ASKED.match(self.body, self.length)
            or _INVERTED.search(clause)
        )


def scene_of(pair: Pair) -> Scene | None:
    """The pair as the patterns see it; None if its mentions overlap in part or stand too far apart for any rule."""
    first, second = pair.head, pair.tail
    if (second.start, -second.end) < (first.start, -first.end):
        first, second = second, first
    nested = second.end <= first.end
    if not nested and not 0 <= second.start - first.end <= MAX_BETWEEN:
        return None
    text = pair.text
    first_start, second_start = first.start - pair.start, second.start - pair.start
    first_end, second_end = _end(first) - pair.start, _end(second) - pair.start
    end = first_end if nested else second_end
    inner = f"< {_tokens(text[second_start:second_end])}> "
    if nested:
        body = f"< {_tokens(text[first_start:second_start])}{inner}{_tokens(text[second_end:first_end])}> "
    else:
        body = f"< {_tokens(text[first_start:first_end])}> {_tokens(text[first_end:second_start])}{inner}"
    before = _tokens(text[max(first_start - CONTEXT, 0) : max(first_start, 0)])
    return Scene(first, second, nested, before, body + _tokens(text[end : end + CONTEXT]), len(body))


def _end(mention: Mention) -> int:
    """Where the mention ends; a possessive ending, which some taggers take in, is left outside."""
    return mention.end - 2 if mention.text.endswith(("'s", "’s")) else mention.end


@lru_cache(maxsize=8192)
def _tokens(text: str) -> str:
    tokens = []
    for token in _TOKEN.findall(text):
        plain = "-" if token.startswith("--") else token.translate(_PLAIN)
        lower = plain.lower()
        tokens.append(lower if lower == plain else f"^{lower}")
    return " ".join((*tokens, "")) if tokens else ""
