"""What is said and what is told: the direct speech of a book, piece by piece.

Not all that stands between marks is speech. A title, a word or a phrase that is only cited ("the so-called “Pension
Bertolini” was …") is told by these signs together: it stands in a sentence of the narrator's, right behind a word that
is no verb of speech, it has at most six words, and it begins with a small letter or ends without punctuation. A letter
or a document between marks is said by its writer. A thought (“…,” he thought) is marked as one.

Pieces are of one turn where a speech goes on: over paragraphs, of which each begins with a mark and only the last is
closed; and over the narrator's interruption in one paragraph, if the second piece begins with a small letter, or if the
narrator says no more than one sentence, in which there is a verb of speech. Of 1,950 such interruptions in 320 passages
of 80 novels the speaker is the same in .97.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from litgraph.speech.marks import Marked, marked
from litgraph.speech.verbs import HAS_SPEECH_VERB, SPEECH, THOUGHT_VERB
from litgraph.types import Book
from litgraph.typography import plain_type

_CITED_WORDS = 6
_LONGEST_INTERRUPTION = 300  # characters; a longer one is more than a sentence beside speech
_WORD_BEFORE = re.compile(r"(\w[\w’'-]*)\s+$")
_NAMING = frozenset("call calls called calling".split())
_SENTENCE_END = re.compile(r"(?<!\bM)(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bMme)(?<!\bRev)[.!?](?=\s+\S)")
_SELF = r"(?:himself|herself|myself|themselves|itself|(?:his|her|my) (?:soul|heart|mind))"
_THINKS_AFTER = re.compile(
    rf"\s*(?:(?:[\w.’'-]+\s+){{0,3}}?{THOUGHT_VERB}\b(?!\s+aloud)|(?:[\w.’'-]+\s+){{1,3}}?(?:to|within)\s+{_SELF}\b)"
)
_THINKS_BEFORE = re.compile(rf"(?:\b{THOUGHT_VERB}\b(?:\s+[\w.’'-]+){{0,2}}|\b(?:to|within)\s+{_SELF})\s*[,:;—–-]*\s*$")
_NEW_SENTENCE = re.compile(r"\s*(?:And|But|Then|So|He|She|They|The|An?|His|Her|My|Their|It)\b")
_NEAR = 60  # characters in which a verb beside a quotation stands


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of direct speech.

    Attributes:
        start, end: offsets into the text, with the marks.
        turn: which speech of the text it is part of, counted from 0; pieces of one speech have the same.
        thought: it is thought and not said.
    """

    start: int
    end: int
    turn: int
    thought: bool = False


class Quotations:
    """All that stands between the marks of a text.

    Args:
        text: paragraphs are single lines.

    Attributes:
        spans: each from its opening mark to behind its closing one, or to the end of the paragraph, in order.
    """

    def __init__(self, text: str) -> None:
        self.spans: Sequence[Marked] = marked(text)
        self._starts = [span.start for span in self.spans]

    def hold(self, offset: int) -> bool:
        """Does the character at the offset stand in a quotation?"""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.spans[index].end


def pieces_of(book: Book) -> list[Piece]:
    """The direct speech of a book, in order; of a play, what its labels give to speakers, whatever marks stand in it.

    Args:
        book: the book.
    """
    if book.play is None:
        return quotations(book.text)
    speeches = enumerate(book.play.speeches)
    return [Piece(piece.start, piece.end, number) for number, speech in speeches for piece in speech.pieces]


def quotations(text: str) -> list[Piece]:
    """The direct speech of a text, in order, without what is quoted inside of it.

    >>> text = "“Oh, Jane,” said he, “don’t!”"
    >>> [(text[piece.start : piece.end], piece.turn) for piece in quotations(text)]
    [('“Oh, Jane,”', 0), ('“don’t!”', 0)]

    Args:
        text: paragraphs are single lines.
    """
    text = plain_type(text)
    spans = [one for one in marked(text) if not _cited(text, one)]
    turns: list[list[Marked]] = []
    for index, one in enumerate(spans):
        following = spans[index + 1].start if index + 1 < len(spans) else len(text)
        if turns and _goes_on(text, turns[-1][-1], one, following):
            turns[-1].append(one)
        else:
            turns.append([one])
    ends = [0, *(one.end for one in spans)]
    starts = [*(one.start for one in spans), len(text)]
    between = {one.start: (ends[index], starts[index + 1]) for index, one in enumerate(spans)}
    thoughts = [any(_thought(text, one, *between[one.start]) for one in turn) for turn in turns]
    return [Piece(one.start, one.end, number, thoughts[number]) for number, turn in enumerate(turns) for one in turn]


def _cited(text: str, one: Marked) -> bool:
    """A title, a word or a phrase that nobody says, see above."""
    before = _WORD_BEFORE.search(text, max(0, one.start - _NEAR), one.start)
    if before is None or not one.closed or before.group(1).lower() in SPEECH - _NAMING:
        return False
    if "\n" in text[before.end(1) : one.start] or not text[one.start - 1].isspace():
        return False
    words = text[one.start + 1 : one.end - 1].split()
    return len(words) <= _CITED_WORDS and (not words or words[0][0].islower() or words[-1][-1].isalnum())


def _goes_on(text: str, last: Marked, one: Marked, following: int) -> bool:
    """Is this the speech of the last piece, which the narrator or a new paragraph interrupted?"""
    if one.start - last.end > _LONGEST_INTERRUPTION:
        return False
    between = text[last.end : one.start]
    if "\n" in between:
        return not last.closed and not between.strip()
    if not between.strip() or not last.closed:
        return False
    if text[one.start + 1 : one.start + 2].islower():
        return True
    if not HAS_SPEECH_VERB.search(between) or _SENTENCE_END.search(between.rstrip()):
        return False
    if between.rstrip().endswith("."):
        return not _has_cue_of_its_own(text, one, following)
    # "…!” And she said: “…": a sentence of its own introduces the second piece.
    return text[last.end - 2] not in ".!?" or not _NEW_SENTENCE.match(between)


def _has_cue_of_its_own(text: str, one: Marked, following: int) -> bool:
    """Does a verb of speech stand right behind the piece ("…,” continued M. Pelet)?"""
    if text[one.end - 2 : one.end - 1] not in list(",!?—-"):
        return False
    behind = text[one.end : min(following, one.end + _NEAR)].partition("\n")[0]
    return any(word in SPEECH for word in re.findall(r"\w+", behind)[:3])


def _thought(text: str, one: Marked, last: int, following: int) -> bool:
    """Does the narrator, between the pieces before and behind, say that this one is thought?"""
    behind = text[one.end : min(following, one.end + _NEAR)].partition("\n")[0]
    before = text[max(last, one.start - _NEAR) : one.start].rpartition("\n")[2]
    return bool(_THINKS_AFTER.match(behind) or _THINKS_BEFORE.search(before))
