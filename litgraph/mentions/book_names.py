"""Names that a reader of single passages cannot tell from noun phrases, but that the whole book shows to be names.

In *Alice* "the Mock Turtle" is somebody's name; a passage alone does not say so, and the corpus that the literary
reader learned from calls it a noun phrase. And a name that the reader knows in most places it may miss in some.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from litgraph.mentions.by_tagger import known_names, well_known
from litgraph.mentions.initials import with_initials
from litgraph.mentions.read import UNLINKED, Read
from litgraph.mentions.tagger import Tagged
from litgraph.names.grammar import parse_name
from litgraph.types import Book, Sentence

_CAPITALISED = re.compile(r"[Tt]he ([A-Z][\w'’-]*(?: (?:(?:of|the|and|de) )*[A-Z][\w'’-]*)*)")
_ARTICLE = re.compile(r"(?:the|The|THE) ")
_WORD = re.compile(r"[^\W\d_]+")
# With them, all main characters of seven development novels of PDNC are found instead of 86 % (in Alice 100 instead of
# 18 %, in The Gambler instead of 86 %), by a reader in the middle of its training.
_OFTEN = 3  # times that the phrase must stand with capitals
_SMALL_PER_CAPITAL = 2  # times that its last word may stand small for each of these

_POSSESSIVES = ("'s ", "’s ", "' ", "’ ")


def text_order(read: Read) -> tuple[int, int]:
    """A sorting key: by start, of two that begin together the longer first."""
    return read.start, -read.end


def with_names(book: Book, sentences: Sequence[Sentence], found: Iterable[Read]) -> list[Read]:
    """What was found, in text order, with more names: noun phrases that are names in this book, and what was missed.

    Args:
        book: the book.
        sentences: all its sentences.
        found: all that a reader found in them, each stretch once.
    """
    named = _capitalised(book, sentences, with_initials(book.text, sentences, list(found)))
    return _everywhere(book, sentences, named)


def without_parts_of_names(text: str, found: Sequence[Read]) -> list[Read]:
    """What was found, without names of people that are only a part of the name around them.

    "Bennet" in "Mr. Bennet" is nobody else. "Tom" in "Tom's Aunt Polly" is, and there the longer one counts as a noun
    phrase, for taken apart it would give Tom's name. A place stays inside a person: "York" in "the Duke of York".

    Args:
        text: ``Book.text``.
        found: in text order.
    """
    kept: list[Read] = []
    around: list[int] = []  # indexes of the names of people that the next mention may stand in
    for read in found:
        while around and kept[around[-1]].end < read.end:
            around.pop()
        if read.label == "PER" and read.form == "name":
            if around:
                outer = kept[around[-1]]
                if text.startswith(_POSSESSIVES, read.end, outer.end):
                    kept[around[-1]] = outer._replace(form="noun")
                    around.pop()
                elif _is_part(text[read.start : read.end], text[outer.start : outer.end]):
                    continue
            around.append(len(kept))
        kept.append(read)
    return kept


def _is_part(inner: str, outer: str) -> bool:
    """Do the words of a name all stand in another one, as the cast reads it?"""
    part, whole = parse_name(inner), parse_name(outer)
    return part is None or (whole is not None and set(part.folded) <= {*whole.folded, *whole.of.casefold().split()})


def _capitalised(book: Book, sentences: Sequence[Sentence], found: Sequence[Read]) -> list[Read]:
    """Noun phrases of "the" and capitals become names where the book writes them so again and again."""
    phrases = [
        match[1].casefold() if read.form == "noun" and match else ""
        for read in found
        for match in (_CAPITALISED.fullmatch(book.text, read.start, read.end),)
    ]
    times = Counter(phrase for phrase in phrases if phrase)
    last = {phrase: _WORD.findall(phrase)[-1] for phrase in times}
    wanted = set(last.values())
    small = Counter(
        word
        for sentence in sentences
        for word in _WORD.findall(book.text, sentence.start, sentence.end)
        if word in wanted  # these are in small letters
    )
    return [
        read._replace(form="name")
        if times[phrase] >= _OFTEN and small[last[phrase]] <= _SMALL_PER_CAPITAL * times[phrase]
        else read
        for read, phrase in zip(found, phrases, strict=True)
    ]


def _everywhere(book: Book, sentences: Sequence[Sentence], found: Sequence[Read]) -> list[Read]:
    """Names that are known well in the book, also where the reader saw none."""
    names = [read for read in found if read.form == "name"]
    known = well_known(book, sentences, (Tagged(_start(book.text, name), name.end, name.label) for name in names))
    taken = {offset for name in names for offset in range(name.start, name.end)}
    all_found = {(read.start, read.end): read for read in found}
    for sentence in sentences:
        for start, end, label in known_names(book.text, sentence, known):
            if start not in taken and end - 1 not in taken:
                at_place = all_found.get((start, end))
                chain = at_place.chain if at_place else UNLINKED
                all_found[start, end] = Read(start, end, label, "name", chain)
    return sorted(all_found.values(), key=text_order)


def _start(text: str, name: Read) -> int:
    """Where a name begins without its article."""
    article = _ARTICLE.match(text, name.start, name.end)
    return article.end() if article else name.start
