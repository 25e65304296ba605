"""The words and signs of a Cypher statement: enough to know what is quoted, what brackets hold, where clauses end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:\\.|[^'\\])*(?:'|\Z)|"(?:\\.|[^"\\])*(?:"|\Z))
    |(?P<name>`[^`]*`)
    |(?P<space>\s+)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><-->|<--|-->|<-|->|<=|>=|<>|=~|\.\.|::|\|\||[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}

CLAUSES = frozenset(
    "match optional where with return unwind call union order skip limit offset create merge set delete detach remove "
    "foreach using load filter let finish".split()
)
"""Words that begin a clause, in lower case."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a statement.

    Attributes:
        text: as written.
        kind: "string", "name" (in backticks), "space", "number", "word" or "sign".
        low: a word in lower case, a sign as it is; "" for quoted text, in which neither means anything.
    """

    text: str
    kind: str
    low: str = ""

    def __bool__(self) -> bool:
        """Is it more than space?"""
        return self.kind != "space"

    @property
    def is_name(self) -> bool:
        """May it be the name of a variable, a label or a property?"""
        return self.kind in ("word", "name")

    @property
    def name(self) -> str:
        """The name that it is, without backticks."""
        return self.text.strip("`")


class Tokens:
    """A statement in tokens.

    Attributes:
        all: the tokens; a comment is a space, and no space follows another.
        partner: of each token that is a bracket, the index of the other one; -1 for all else.
        holder: the bracket in which each token stands; -1 for none.
        depth: in how many brackets each token stands; a bracket stands outside of itself.
    """

    def __init__(self, statement: str) -> None:
        self.all: list[Token] = []
        for match in _TOKEN.finditer(statement):
            kind = match.lastgroup or ""
            if kind not in ("comment", "space"):
                self.all.append(Token(match[0], kind, match[0].lower() if kind in ("word", "sign") else ""))
            elif not self.all or self.all[-1]:
                self.all.append(Token(" " if kind == "comment" else match[0], "space"))
        self.partner = [-1] * len(self.all)
        self.depth: list[int] = []
        self.holder: list[int] = []
        still_open: list[int] = []
        for index, token in enumerate(self.all):
            opening = _CLOSING.get(token.low)
            if opening and still_open and self.all[still_open[-1]].low == opening:
                begin = still_open.pop()
                self.partner[begin], self.partner[index] = index, begin
            self.depth.append(len(still_open))
            self.holder.append(still_open[-1] if still_open else -1)
            if token.low in ("(", "[", "{"):
                still_open.append(index)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """What stands between two tokens, the second left out."""
        return "".join(token.text for token in self.all[start:end])

    def after(self, index: int, end: int | None = None) -> int:
        """The first token behind one that is no space; the end if there is none."""
        end = len(self.all) if end is None else end
        return next((place for place in range(index + 1, end) if self.all[place]), end)

    def before(self, index: int) -> int:
        """The last token before one that is no space; -1 if there is none."""
        return next((place for place in range(index - 1, -1, -1) if self.all[place]), -1)

    def low(self, index: int) -> str:
        """`Token.low` of a token; "" beyond the ends."""
        return self.all[index].low if 0 <= index < len(self.all) else ""

    def begins_clause(self, index: int) -> bool:
        """Does a clause begin here? The WITH of STARTS WITH begins none, nor does a property or a label."""
        if self.all[index].kind != "word" or self.low(index) not in CLAUSES:
            return False
        before = self.low(self.before(index))
        return before not in (".", ":", "|", "&", "!", "as") and not (
            self.low(index) == "with" and before in ("starts", "ends")
        )

    def end_of_clause(self, index: int) -> int:
        """Where the clause ends that begins at a word: at the next of its depth, or at the bracket that holds it."""
        for place in range(index + 1, len(self.all)):
            if self.depth[place] < self.depth[index]:
                return place
            if self.depth[place] == self.depth[index] and (self.begins_clause(place) or self.low(place) == ";"):
                return place
        return len(self.all)


Edit = tuple[int, int, str]
"""Tokens from one to another, the second left out, and what is written instead."""


def edited(tokens: Tokens, edits: Iterable[Edit]) -> str:
    """The statement with edits, of which no two cross."""
    pieces: list[str] = []
    position = 0
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        pieces += [tokens.text(position, start), text]
        position = end
    return "".join([*pieces, tokens.text(position)])


def first(tokens: Tokens, start: int, end: int, words: Sequence[str], depth: int) -> int:
    """The first of these words or signs at a depth, between two places; the second if there is none."""
    return next((at for at in range(start, end) if tokens.depth[at] == depth and tokens.low(at) in words), end)
