"""Who says a quotation where the narrator states it: the mention beside a verb of speech.

Three places are looked at, in this order, each only up to the end of its clause and inside of its paragraph:

1. behind a piece, verb first: “…,” *said Emma* to Harriet;
2. behind it, subject first: “…,” *the old man* slowly *answered*;
3. before it: *Emma* turned to him and *said*, “…”, and with a colon also *Mr. Weston* turned to her: “…”.

All pieces of a turn share what is stated beside one of them. Objects ("said to *him*", "asked *her*") are no speakers
but hearers. Verbs of thought count beside thoughts only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from litgraph.speech.quotations import Piece
from litgraph.speech.verbs import SPEECH_VERB, THOUGHT_VERB
from litgraph.types import Mention

_NEAR = 200  # characters of a clause beside a piece that are looked at
_ADVERB = (
    r"(?:[\w-]+ly|again|already|also|always|aloud|at last|at length|at once|ever|here|just|next|never|now|often|"
    r"once more|soon|still|then|too)"
)
_FILLER = rf"(?:,?\s+{_ADVERB},?|,?\s+(?:had|has|have|would|did|does|could|was|is|were))"
_VERB = rf"(?:{SPEECH_VERB}|{THOUGHT_VERB})\b"
_VERB_FIRST = re.compile(rf"[\s,;—–-]*(?:(?:and|but|then|so|thus)\s+)?(?:{_ADVERB}\s+)?{_VERB}(?:\s+{_ADVERB})?\s+")
_SUBJECT_FIRST = re.compile(r"[\s,;—–-]*(?:(?:and|but|then|so|thus)\s+)?")
_THEN_VERB = re.compile(rf"{_FILLER}{{0,2}}\s+{_VERB}")
_BEFORE_VERB = re.compile(rf"{_FILLER}{{0,2}}\s+")
_VERB_BEFORE = re.compile(rf"\b{_VERB}")
_EPITHETS = re.compile(
    r"(?:(?:the|a|an|my|our|his|her|their|this|that|poor|old|young|little|good|dear|honest|worthy|great|other|first)\s+)+"
)
_CLAUSE_END = re.compile(r"[.;:?!“\"‘«](?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bM\.)(?<!\bMme\.)|--|—")
_SENTENCE_BEGIN = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bM)(?<!\bMme)(?:[.!?;:]|—|--)[”\"’'»)]*\s+")
_LEAD = re.compile(
    r"\s*(?:(?:and|but|then|so|at last|at length|at this|again|here|now|yet|still|thereupon|[\w-]+ly),?\s+)*", re.I
)
_WORD = re.compile(r"[\w’']+")
_NEW = frozenset("He She They The A An His Her My Their It".split())
_AFTER_HER = re.compile(r"\s+(?!and\b|in\b|with\b|at\b|as\b|from\b)\w")
_COORDINATED = re.compile(r"(?:,|\band|\bthen)\s+(?:[\w-]+ly\s+|then\s+|at last\s+)?$")
_TO = re.compile(r"\bto\s+$")
_SPOKEN_TO = re.compile(
    rf"(?:\s+{_ADVERB})?(?:\s+to|,?\s+(?:and\s+)?(?:addressing|turn(?:ed|ing)(?:\s+{_ADVERB})?\s+(?:to|towards?|upon|on)|"
    r"speaking\s+to))\s+$"
)
_DIRECT = re.compile(
    r"\b(?:ask|asked|asks|asking|told|tell|tells|telling|answered|answers|answering|interrupted|interrupts|reminded|"
    r"assured|informed|begged|entreated|implored|warned|urged|advised|corrected|reassured|greeted|called after)\s+$"
)
_OBJECTS = frozenset("him them me us thee whom himself herself myself her my his their our your its thy".split())
_POSSESSIVES = frozenset("his my your our their its thy".split())
_SELVES = frozenset("himself herself myself themselves itself yourself ourselves".split())
_PEOPLE = frozenset({"PER"})


@dataclass(frozen=True, slots=True)
class Stated:
    """The mention beside a quotation that is its speaker, and those that are its hearers, by their ids."""

    speaker: str
    addressees: tuple[str, ...] = ()


class _Index:
    """The mentions of people by where they begin and end, the longest first."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.starting: dict[int, list[Mention]] = {}
        self.ending: dict[int, list[Mention]] = {}
        for mention in mentions:
            if mention.label in _PEOPLE:
                self.starting.setdefault(mention.start, []).append(mention)
                self.ending.setdefault(mention.end, []).append(mention)
        for places in (self.starting, self.ending):
            for found in places.values():
                found.sort(key=lambda mention: mention.start - mention.end)


def stated(text: str, pieces: Sequence[Piece], mentions: Sequence[Mention]) -> dict[int, Stated]:
    """Who says pieces of speech, as far as the narrator states it.

    Args:
        text: of the book; paragraphs are single lines.
        pieces: of the whole text, in order.
        mentions: of the book.

    Returns:
        By index of the piece; pieces that nothing is stated of are absent.
    """
    index = _Index(mentions)
    found: dict[int, Stated] = {}
    for _, turn in groupby(range(len(pieces)), key=lambda number: pieces[number].turn):
        numbers = list(turn)
        cue = next(_cues(text, pieces, numbers, index), None)
        if cue is not None:
            found.update(dict.fromkeys(numbers, cue))
    return found


def _cues(text: str, pieces: Sequence[Piece], numbers: Sequence[int], index: _Index) -> Iterator[Stated]:
    """What is stated beside the pieces of a turn, the surest first."""
    for number in numbers:
        piece = pieces[number]
        following = pieces[number + 1].start if number + 1 < len(pieces) else len(text)
        end = _line_end(text, piece.end, min(following, piece.end + _NEAR))
        if cue := _behind(text, piece.end, end, index):
            yield cue
    for number in numbers:
        last = pieces[number - 1].end if number else 0
        begin = max(last, pieces[number].start - _NEAR)
        if cue := _before(text, _line_begin(text, begin, pieces[number].start), pieces[number].start, index):
            yield cue


def _line_end(text: str, start: int, end: int) -> int:
    line = text.find("\n", start, end)
    return end if line < 0 else line


def _line_begin(text: str, begin: int, start: int) -> int:
    """Where the line before a place begins; of a paragraph's first piece the line before if that introduces it."""
    line = text.rfind("\n", begin, start) + 1
    if line and not text[line:start].strip():
        introduction = text[begin:line].rstrip()
        if introduction.endswith((",", ":", ":—", ",—", ":--", ",--", ": -", ", -", ": —", ", —")):
            return max(begin, text.rfind("\n", begin, begin + len(introduction)) + 1)
    return max(begin, line)


def _behind(text: str, start: int, end: int, index: _Index) -> Stated | None:
    if verb := _VERB_FIRST.match(text, start, end):
        at = verb.end()
        epithets = _EPITHETS.match(text, at, end)
        for place in (at, epithets.end()) if epithets else (at,):
            for mention in index.starting.get(place, ()):
                if mention.end <= end and _is_subject(text, mention):
                    return Stated(mention.id, _hearers(text, mention.end, _clause_end(text, mention.end, end), index))
        return None
    lead = _SUBJECT_FIRST.match(text, start, end)
    at = lead.end() if lead else start
    if not _may_go_on(text, start, at):
        return None
    for mention in index.starting.get(at, ()):
        if (verb := _THEN_VERB.match(text, mention.end, end)) and _is_subject(text, mention):
            return Stated(mention.id, _hearers(text, mention.end, _clause_end(text, verb.end(), end), index))
    return None


def _may_go_on(text: str, start: int, at: int) -> bool:
    """Does the sentence of the piece go on behind it (a new one begins with a large letter)?"""
    last = text[max(0, start - 2) : start].rstrip("”\"’'»_")[-1:]
    return at < len(text) and (last in list(",—-") or (last in list("!?…") and not _begins_sentence(text, at)))


def _begins_sentence(text: str, at: int) -> bool:
    word = _WORD.match(text, at)
    return word is not None and word.group() in _NEW


def _is_subject(text: str, mention: Mention) -> bool:
    return mention.text.casefold() not in _OBJECTS and not text.startswith(("'s", "’s"), mention.end)


def _clause_end(text: str, start: int, end: int) -> int:
    match = _CLAUSE_END.search(text, start, end)
    return match.start() if match else end


def _before(text: str, begin: int, end: int, index: _Index) -> Stated | None:
    """In the sentence before a piece."""
    sentence = begin
    body = len(text[begin:end].rstrip(" \n,:;—–-")) + begin
    for match in _SENTENCE_BEGIN.finditer(text, begin, body):
        sentence = match.end()
    ending = text[body:end].strip()
    verbs = list(_VERB_BEFORE.finditer(text, sentence, body))
    if not ending and not (verbs and verbs[-1].end() == body):
        return None
    subject = _LEAD.match(text, sentence, body)
    first = subject.end() if subject else sentence
    if verbs:
        verb = verbs[-1]
        speaker = _subject_of(text, sentence, first, verb.start(), index)
        if speaker is not None:
            return Stated(speaker.id, _hearers(text, speaker.end, body, index))
    elif ending.startswith(":"):
        for mention in index.starting.get(first, ()):
            if _is_subject(text, mention):
                return Stated(mention.id, _hearers(text, mention.end, body, index))
    return None


def _subject_of(text: str, sentence: int, first: int, verb: int, index: _Index) -> Mention | None:
    """The subject of a verb: right before it, or, of several verbs with one subject, where the sentence begins."""
    for end in range(verb, max(sentence, verb - 40), -1):
        if end in index.ending and _BEFORE_VERB.fullmatch(text, end, verb):
            for mention in index.ending[end]:
                if (
                    mention.start >= sentence
                    and _is_subject(text, mention)
                    and not _TO.search(text, sentence, mention.start)
                ):
                    return mention
            return None
    if _COORDINATED.search(text, sentence, verb):
        for mention in index.starting.get(first, ()):
            if mention.end < verb and _is_subject(text, mention):
                return mention
    return None


def _hearers(text: str, start: int, end: int, index: _Index) -> tuple[str, ...]:
    """Who is spoken to behind a speaker: "to Harriet", "asked her", ", turning to him"."""
    for place in range(start, min(end, start + 40)):
        if place in index.starting:
            before = text[start:place]
            if _SPOKEN_TO.fullmatch(before) or _DIRECT.search(before):
                for mention in index.starting[place]:
                    if mention.end <= end and _is_object(text, mention):
                        return (mention.id,)
            return ()
    return ()


def _is_object(text: str, mention: Mention) -> bool:
    word = mention.text.casefold()
    if word == "her":  # and not "her heel"
        return not _AFTER_HER.match(text, mention.end)
    return word not in _POSSESSIVES and word not in _SELVES and not text.startswith(("'s", "’s"), mention.end)
