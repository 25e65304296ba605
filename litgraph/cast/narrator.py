"""Who says "I" outside of quotations: the narrator in the first person, and what the text calls him.

A narrator is seldom named where he tells, but others address him ("Now, Watson, …"), he introduces himself ("Call me
Ishmael"), or signs. So the narrator is the one whom quotations name and the narration around them does not. A book may
have several, chapter by chapter: Walton's letters stand around Victor Frankenstein's tale.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from litgraph.cast.address import is_address
from litgraph.names.grammar import fold
from litgraph.speech.marks import mark_style
from litgraph.speech.quotations import Quotations
from litgraph.speech.verbs import SPEECH_VERB
from litgraph.types import Mention

_FIRST_PERSON = frozenset("i me my mine myself".split())

# Outside of quotations "I" and the like are 2.7 to 7.6 % of the words of five novels that are told in the first person
# (three of Gutenberg's, The Gambler, Sherlock Holmes), and up to .45 % of twelve others'; letters stand between.
_PRONOUN_SHARE = 0.008  # of a chapter's words outside of quotations
_PRONOUN_TIMES = 5
_BOOK_SHARE = 0.2  # of the book's narration that such chapters must hold, so that a letter makes no narrator

_ADDRESSED, _INTRODUCED = 1, 5  # what a time of each is worth as evidence
_ENOUGH = 3
_NAMED_SHARE = 0.25  # times that the narration may name the narrator, for each piece of evidence
_STRAY = 3  # times more that it may in a chapter: "I begged, and told him I was only Huck"
_CHAPTERS_HEARD_OF = 3  # chapters in which the first narrator must name a second one
_NEAR = 1  # chapters on each side whose evidence counts for a chapter without any

_INTRODUCES = re.compile(
    r"(?:\b[Mm]y (?:\w+ )?name (?:is|was|being)|\b[Cc]all me|\b(?:called|named|christened|call|name) (?:me|myself)"
    r"|\bknown as|\bI am|\bI[’']m|\bI,|\b[Mm]e,|\bmyself,)\s+$"
)
_SIGNATURE = re.compile(r"^(?:[^\n]{3,60}, )?[ _]*((?:[A-Z][\w.'’-]*[ ]){0,3}[A-Z][\w'’-]+)[._, ]*$", re.M)
_INQUIT = re.compile(
    rf"[,!?—–-]\s+(?:{SPEECH_VERB}\s+(?:he|she|they|[Tt]he|an?|[A-Z](?!\s))"
    rf"|(?:(?:he|she|[Tt]he\s+\w+)\s+|(?:[A-Z][\w.’'-]+\s+){{1,3}}?){SPEECH_VERB}\b)"
)
_FROM_END = 600  # characters from the end of a letter at which its signature stands, postscripts included
_LONGEST = 24  # characters before a name that tell


@dataclass(eq=False)
class _Evidence:
    """What speaks for one person being the narrator, by chapter: for it, and names in the narration, against it."""

    support: Counter[int] = field(default_factory=Counter)
    times_named: Counter[int] = field(default_factory=Counter)
    signs: bool = False
    introduced: bool = False
    heard_of: set[int] = field(default_factory=set)  # chapters whose narration has the name, in an address too

    def add_in_narration(self, chapter: int, *, introduced: bool, address: bool) -> None:
        """Count a mention outside of quotations: where somebody introduces himself, or where he is spoken to."""
        self.heard_of.add(chapter)
        if introduced:
            self.support[chapter] += _INTRODUCED
            self.introduced = True
        elif not address:
            self.times_named[chapter] += 1

    def open_to(self, chapter: int, stray: int = _STRAY) -> bool:
        """May the person tell the chapter, as far as its narration does not name him?"""
        return self.times_named[chapter] <= stray + _NAMED_SHARE * self.support[chapter]

    def breadth(self, chapters: Sequence[int]) -> int:
        """In how many of the chapters there is evidence; who introduces himself once is as sure as if in some more."""
        return sum(self.support[chapter] > 0 for chapter in chapters) + _INTRODUCED * self.introduced

    def total(self, chapters: Sequence[int]) -> int:
        """The evidence in those of the chapters that the person may tell; 0 if their narration names him often."""
        open_chapters = [chapter for chapter in chapters if self.open_to(chapter)]
        support = sum(self.support[chapter] for chapter in open_chapters)
        return support if sum(self.times_named[chapter] for chapter in open_chapters) <= _NAMED_SHARE * support else 0

    def near(self, chapter: int, chapters: Sequence[int]) -> int:
        """The evidence in those of the chapters that are next to one, itself included."""
        return sum(self.support[other] for other in chapters if abs(other - chapter) <= _NEAR)


def narrators(
    mentions: Sequence[Mention], people: Sequence[Sequence[int]], text: str, quotations: Quotations
) -> dict[int | None, list[int]]:
    """Who tells the book in the first person, and where he says so.

    Args:
        mentions: of the whole book, in text order.
        people: of each character the indexes of the mentions by name.
        text: ``Book.text``.
        quotations: of the text.

    Returns:
        Position in ``people`` (None for a narrator whom the text does not name) and the indexes of the pronouns of the
        first person outside of quotations that mean him. Empty for a book that is told in the third person.
    """
    if not any(_is_first_person(mention) for mention in mentions):
        return {}
    spoken = {index for index, mention in enumerate(mentions) if quotations.hold(mention.start)}
    own = [index for index, mention in enumerate(mentions) if _is_first_person(mention) and index not in spoken]
    if mark_style(text) == "none":
        own = _told(mentions, own, text)
    chapters = _chapters_in_first_person(mentions, own, quotations, text)
    if not chapters:
        return {}
    narrator_of = _narrators_by_chapter(_evidence_for_all(mentions, people, spoken, text), chapters)
    pronouns: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in own:
        if (chapter := mentions[index].chapter) in narrator_of:
            pronouns[narrator_of[chapter]].append(index)
    return dict(pronouns)


def _is_first_person(mention: Mention) -> bool:
    return mention.form == "pronoun" and mention.text.casefold() in _FIRST_PERSON


def _told(mentions: Sequence[Mention], own: Sequence[int], text: str) -> list[int]:
    """The pronouns that are surely told where no marks tell speech: those of paragraphs in which nobody says anything.

    "You are late, said Mr. Tregarth. I have waited": nobody can tell where he ends.

    Args:
        mentions: of the whole book.
        own: indexes of the pronouns of the first person.
        text: ``Book.text``.
    """
    told: list[int] = []
    end, says = -1, False
    for index in own:
        start = mentions[index].start
        if start >= end:
            begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
            end = len(text) if end < 0 else end
            says = _INQUIT.search(text, begin, end) is not None
        if not says:
            told.append(index)
    return told


def _chapters_in_first_person(
    mentions: Sequence[Mention], own: Sequence[int], quotations: Quotations, text: str
) -> list[int]:
    """The chapters that are told in the first person; none if they are but a small part of the book.

    Args:
        mentions: of the whole book.
        own: indexes of the pronouns of the first person outside of quotations.
        quotations: of the book.
        text: ``Book.text``.
    """
    words = _words_outside_quotations(mentions, quotations, text)
    times = Counter(mentions[index].chapter for index in own)
    chapters = [
        chapter
        for chapter in sorted(times)
        if times[chapter] >= _PRONOUN_TIMES and times[chapter] >= _PRONOUN_SHARE * words[chapter]
    ]
    return chapters if sum(words[chapter] for chapter in chapters) >= _BOOK_SHARE * sum(words.values()) else []


def _words_outside_quotations(mentions: Sequence[Mention], quotations: Quotations, text: str) -> dict[int, int]:
    """By chapter, how many words are told and not said."""
    chapters, begins = _beginnings(mentions)
    words = {
        chapter: len(text[begin:end].split())
        for chapter, begin, end in zip(chapters, begins, [*begins[1:], mentions[-1].end], strict=True)
    }
    for span in quotations.spans:
        if (place := bisect_right(begins, span.start) - 1) >= 0:
            words[chapters[place]] -= len(text[span.start : span.end].split())
    return words


def _evidence_for_all(
    mentions: Sequence[Mention], people: Sequence[Sequence[int]], spoken: Set[int], text: str
) -> dict[int, _Evidence]:
    """The evidence for each of the people, by position."""
    evidence = {number: _evidence(mentions, indexes, spoken, text) for number, indexes in enumerate(people)}
    for chapter, person in _signatures(mentions, people, text):
        evidence[person].support[chapter] += _INTRODUCED
        evidence[person].signs = True
    return evidence


def _evidence(mentions: Sequence[Mention], indexes: Sequence[int], spoken: Set[int], text: str) -> _Evidence:
    """What the mentions of one person by name say for and against that he is the narrator."""
    evidence = _Evidence()
    for index in indexes:
        mention = mentions[index]
        before = text[max(0, mention.start - _LONGEST) : mention.start]
        address = is_address(text, mention.start, mention.end)
        if index not in spoken:
            evidence.add_in_narration(mention.chapter, introduced=bool(_INTRODUCES.search(before)), address=address)
        elif address:
            evidence.support[mention.chapter] += _ADDRESSED
    return evidence


def _signatures(mentions: Sequence[Mention], people: Sequence[Sequence[int]], text: str) -> Iterator[tuple[int, int]]:
    """Chapters that end with a name on a line of its own, and whose name it is ("R. Walton")."""
    bearers = _bearers(mentions, people)
    chapters, begins = _beginnings(mentions)
    for chapter, begin, end in zip(chapters, begins, [*begins[1:], len(text)], strict=True):
        for line in _SIGNATURE.finditer(text, max(begin, end - _FROM_END), end):
            name = line.group(1)
            signers = list(bearers.get(fold(name)) or bearers.get(fold(name.split()[-1])) or ())
            if len(signers) == 1 and not name.isupper():
                yield chapter, signers[0]


def _bearers(mentions: Sequence[Mention], people: Sequence[Sequence[int]]) -> dict[str, set[int]]:
    """By name, folded, who is called so."""
    bearers: defaultdict[str, set[int]] = defaultdict(set)
    for person, indexes in enumerate(people):
        for index in indexes:
            bearers[fold(mentions[index].text)].add(person)
    return dict(bearers)


def _beginnings(mentions: Sequence[Mention]) -> tuple[list[int], list[int]]:
    """The chapters, and where the first mention of each stands."""
    starts: dict[int, int] = {}
    for mention in mentions:
        starts.setdefault(mention.chapter, mention.start)
    return list(starts), list(starts.values())


def _narrators_by_chapter(evidence: Mapping[int, _Evidence], chapters: Sequence[int]) -> dict[int, int | None]:
    """Who tells each of the chapters that are told in the first person; None for somebody without a name."""
    known = {person: clues for person, clues in evidence.items() if clues.total(chapters) >= _ENOUGH}
    if not known:
        return dict.fromkeys(chapters)
    first = max(known, key=lambda person: (known[person].breadth(chapters), known[person].total(chapters), -person))
    main = evidence[first]
    supported = {chapter for chapter in chapters if main.support[chapter]}
    rest = [chapter for chapter in chapters if chapter not in supported]
    others = _other_narrators(first, evidence, supported, rest)
    narrator_of: dict[int, int | None] = {}
    for chapter in chapters:
        narrator_of[chapter] = first if chapter in supported or main.open_to(chapter) else None
        if chapter not in supported and (other := _narrator_near(chapter, others, rest)) is not None:
            narrator_of[chapter] = other
    return narrator_of


def _other_narrators(
    first: int, evidence: Mapping[int, _Evidence], supported: Set[int], rest: Sequence[int]
) -> dict[int, _Evidence]:
    """Who may tell where the first narrator is not addressed, if the first tells of him or he signs.

    A name that the first goes by for a while ("George Jackson") is told of nowhere.

    Args:
        first: the first narrator.
        evidence: for each of the people.
        supported: the chapters with evidence for the first.
        rest: the other chapters that are told in the first person.
    """
    return {
        person: clues
        for person, clues in sorted(evidence.items())
        if person != first
        and (clues.signs or len(clues.heard_of & supported) >= _CHAPTERS_HEARD_OF)
        and clues.total(rest) >= _ENOUGH
    }


def _narrator_near(chapter: int, others: Mapping[int, _Evidence], chapters: Sequence[int]) -> int | None:
    """The one with the most evidence around a chapter whose narration does not name him; None if there is none."""
    near = {
        person: clues.near(chapter, chapters) for person, clues in others.items() if clues.open_to(chapter, stray=0)
    }
    best = max(near, key=lambda person: (near[person], -person), default=None)
    return best if best is not None and near[best] else None
