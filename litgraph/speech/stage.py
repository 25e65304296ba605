"""Who is on the stage of a play, and to whom each speech is spoken.

Somebody is on the stage of a scene from where he enters or first speaks to where he leaves or last speaks. A speech is
spoken, by the first of these that tells: to whom its stage direction names ("[To LOUIS.]"; nobody, if it is aside), to
whom it calls by name among those on the stage, to the only other one on the stage, to the one who spoke before, to the
one who speaks next.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import NamedTuple

from litgraph.drama import Play, Role
from litgraph.names.grammar import fold
from litgraph.names.titles import find_title
from litgraph.types import Book, Chapter

_TO = re.compile(r"[(\[_]*\s*(?:[Aa]side )?(?:[Tt]o|[Tt]urn(?:s|ing) to|[Aa]ddress(?:es|ing)) (?P<whom>[^)\].,;]+)")
_ASIDE = re.compile(r"\b[Aa]side\b(?! to\b)")
_LEAVES = re.compile(r"\b(?:[Ee]xit|EXIT|[Ee]xeunt|EXEUNT|goes out|go out|leaves|withdraws?|retires?)\b")
_ALL_LEAVE = re.compile(r"\W*(?:[Ee]xeunt|EXEUNT)(?: omnes| all| severally)?\W*")
_BUT = re.compile(r"\b(?:all )?(?:but|except)\b")
_CALLS = re.compile(r"(?:^|[,.!?;:—]\s*|\bO,? |\bdear |\bgood |\bmy )(?P<name>[A-Z][\w’'-]+)(?=[,.!?;:—])")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
MOST_ON_STAGE = 40
"""People of a scene that are followed at a time, the latest; keeps the work linear in any text."""


class _Presence(NamedTuple):
    """Somebody on the stage of a scene, from and to where, as offsets."""

    start: int
    end: int
    label: str


def label_key(text: str) -> str:
    """Equal for two spellings of one label."""
    return fold(" ".join(text.split()))


def label_keys(book: Book) -> list[str]:
    """The label of each speech of a play, for comparing."""
    speeches = book.play.speeches if book.play else ()
    return [label_key(book.text[speech.label.start : speech.label.end]) for speech in speeches]


def others_on_stage(book: Book) -> list[tuple[str, ...]]:
    """For each speech of a play who else is on the stage, by the labels under which they speak, sorted.

    Args:
        book: a play.
    """
    found: list[tuple[str, ...]] = []
    keys = label_keys(book)
    chapters = book.chapters
    for scene in _scenes(book):
        waiting = deque(sorted(_presences(book, chapters, scene, keys)))
        here: list[_Presence] = []
        for number in scene:
            at = book.play.speeches[number].label.start if book.play else 0
            while waiting and waiting[0].start <= at:
                here.append(waiting.popleft())
            here = [one for one in here if one.end >= at][-MOST_ON_STAGE:]
            found.append(tuple(sorted({one.label for one in here} - {keys[number]})))
    return found


def hearers(book: Book) -> list[tuple[int, ...]]:
    """For each speech of a play to whom it is spoken, as the indexes of speeches of theirs; empty if to nobody.

    Args:
        book: a play.
    """
    keys = label_keys(book)
    words = _words_of_labels(dict.fromkeys(keys), book.play.roles if book.play else ())
    present = others_on_stage(book)
    found: list[tuple[int, ...]] = []
    for scene in _scenes(book):
        spoken = {keys[number]: number for number in reversed(scene)}  # the first speech of each, then the latest
        for place, number in enumerate(scene):
            whom = _whom(book, number, present[number], words)
            if whom is None:
                whom = _by_turn(scene, place, keys, present[number])
            found.append(tuple(spoken[key] for key in whom))
            spoken[keys[number]] = number
    return found


def _scenes(book: Book) -> Iterator[range]:
    """The speeches of each chapter, by index."""
    starts = [chapter.start for chapter in book.chapters]
    speeches = book.play.speeches if book.play else ()
    of = [bisect_right(starts, speech.label.start) for speech in speeches]
    for _, group in groupby(range(len(of)), key=of.__getitem__):
        numbers = list(group)
        yield range(numbers[0], numbers[-1] + 1)


def _presences(book: Book, chapters: Sequence[Chapter], scene: range, keys: Sequence[str]) -> Iterator[_Presence]:
    """Who is on the stage of a scene, and when; somebody who comes back is there twice."""
    if book.play is None:
        return
    spoken: dict[str, list[int]] = {}
    for number in scene:
        spoken.setdefault(keys[number], []).append(book.play.speeches[number].label.start)
    first = book.play.speeches[scene[0]].label.start
    chapter = chapters[bisect_right(chapters, first, key=lambda one: one.start) - 1]
    moves = _moves(book.text, book.play, chapter, spoken)
    for key, times in spoken.items():
        entrances = sorted([*times, *moves.enters.get(key, ())])
        at = 0
        while at < len(entrances):
            begin = entrances[at]
            leaves = moves.leaves(key, begin)
            last = bisect_left(times, leaves) - 1
            if last >= 0 and times[last] >= begin:  # he is gone where he leaves, or else after his last word
                yield _Presence(begin, min(leaves, times[-1]), key)
            at = max(at + 1, bisect_right(entrances, leaves))


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the stage directions of a scene let people enter and leave, by label, in order.

    Attributes:
        enters, goes: offsets.
        all_go: where all leave but some.
    """

    enters: Mapping[str, Sequence[int]]
    goes: Mapping[str, Sequence[int]]
    all_go: Sequence[tuple[int, frozenset[str]]]

    def leaves(self, key: str, begin: int) -> int:
        """Where somebody leaves who is there at an offset; beyond any text if he stays."""
        own = self.goes.get(key, ())
        place = bisect_right(own, begin)
        end = own[place] if place < len(own) else sys.maxsize
        for at, but in self.all_go[bisect_right(self.all_go, begin, key=lambda one: one[0]) :]:
            if at >= end:
                break
            if key not in but:
                return at
        return end


def _moves(text: str, play: Play, chapter: Chapter, spoken: Mapping[str, Sequence[int]]) -> _Moves:
    by_word: dict[str, list[str]] = {}
    for key in spoken:
        for word in _telling_words(key):
            by_word.setdefault(word, []).append(key)
    enters: dict[str, list[int]] = {}
    goes: dict[str, list[int]] = {}
    all_go: list[tuple[int, frozenset[str]]] = []
    begin = bisect_left(play.directions, chapter.start, key=lambda span: span.start)
    for span in islice(play.directions, begin, None):
        if span.start >= chapter.end:
            break
        said = text[span.start : span.end]
        words = dict.fromkeys(fold(word) for word in _WORD.findall(said))
        named = [key for word in words for key in by_word.get(word, ()) if len(by_word[word]) == 1]
        if not _LEAVES.search(said):
            moves = enters
        elif _ALL_LEAVE.fullmatch(said) or _BUT.search(said):
            all_go.append((span.start, frozenset(named)))
            continue
        else:
            moves = goes
            named = named or _speaker_before(text, play, span.start, spoken)
        for key in named:
            moves.setdefault(key, []).append(span.start)
    return _Moves(enters, goes, all_go)


def _speaker_before(text: str, play: Play, offset: int, spoken: Mapping[str, Sequence[int]]) -> list[str]:
    """Who speaks, or spoke last, where a direction stands that names nobody."""
    index = bisect_left(play.speeches, offset, key=lambda speech: speech.label.start) - 1
    label = play.speeches[index].label if index >= 0 else None
    key = label_key(text[label.start : label.end]) if label else ""
    return [key] if key in spoken else []


def _telling_words(key: str) -> list[str]:
    """The words of a label that name somebody, without titles and small words."""
    words = [word for word in key.split() if word not in ("the", "of", "and", "a", "to", "de")]
    return [word for word in words if find_title(word) is None] or words


def _words_of_labels(keys: Iterable[str], roles: Sequence[Role]) -> dict[str, list[str]]:
    """By label the words that somebody may be called by: its own, and those of the only role that has them all."""
    of_roles = [[word for name in role.names for word in _telling_words(label_key(name))] for role in roles]
    words: dict[str, list[str]] = {}
    for key in keys:
        own = _telling_words(key)
        fitting = [role for role in of_roles if all(any(whole.startswith(word) for whole in role) for word in own)]
        words[key] = [*own, *fitting[0]] if len(fitting) == 1 else own
    return words


def _whom(book: Book, number: int, here: Sequence[str], words: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """Whom a speech's own words and stage directions name, of those who are here; None if they tell nothing."""
    if book.play is None:
        return None
    speech, directions = book.play.speeches[number], book.play.directions
    end = speech.pieces[-1].end if speech.pieces else speech.label.end
    index = bisect_left(directions, speech.label.start, key=lambda span: span.start)
    for span in directions[index : index + 3]:
        if span.start > end:
            break
        said = book.text[span.start : span.end]
        if to := _TO.match(said):
            meant = {fold(word) for word in _WORD.findall(to["whom"])}
            if named := tuple(key for key in here if meant.intersection(words[key])):
                return named[:2]
        if _ASIDE.search(said):
            return ()
    called: Counter[str] = Counter()
    for piece in speech.pieces:
        for match in _CALLS.finditer(book.text, piece.start, piece.end):
            name = fold(match["name"])
            called.update(key for key in here if name in words[key])
    return (max(sorted(called), key=called.__getitem__),) if called else None


def _by_turn(scene: range, place: int, keys: Sequence[str], here: Sequence[str]) -> tuple[str, ...]:
    """The only other one here; else who spoke before, or speaks next."""
    if len(here) == 1:
        return tuple(here)
    for other in (place - 1, place + 1):
        if 0 <= other < len(scene) and keys[scene[other]] != keys[scene[place]]:
            return (keys[scene[other]],)
    return ()
