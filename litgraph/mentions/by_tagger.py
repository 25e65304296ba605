"""From what a tagger finds to mentions by name.

News taggers read novels badly: they miss most titles, and tag a name in one sentence and not in the next. So what the
tagger finds is widened to the title before it, a title followed by a name is a mention by itself, and a name that the
tagger knows well in this book is found wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from litgraph.mentions.context import relabelled
from litgraph.mentions.finder import ChapterFinder, Finder, Found
from litgraph.mentions.tagger import Tagged, Tagger, load_tagger, tag_chapter, tagger_version
from litgraph.names.titles import find_title
from litgraph.speech.ruled import voices_by_rule
from litgraph.types import Book, EntityLabel, Mention, Sentence
from litgraph.typography import plain_type

_KNOWN_AFTER = 2  # times that a name must be tagged before it is looked for elsewhere
_KNOWN_SHARE = 0.3  # of its capitalised occurrences that must be tagged: "Will" and "Hope" are mostly no names

_COMMON_FACTOR = 4  # a word written small this much more often than it was tagged is no name

_IN_FULL_SHARE = 0.6  # of a name's occurrences that must have the same word before them for it to belong to the name

_PARTICLES = frozenset("de du des la le von van der den di da del della".split())
_SAINTS = frozenset(("St.", "Ste."))
_CAPITALISED_BEFORE = re.compile(r"(?<![^\s\"“‘'(—-])([A-Z][^\W\d_]+)\s$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?", re.UNICODE)
_POSSESSIVE = re.compile(r"(?:[’']s|[’'])$")
_EDGE = "\"'“”‘’«»()[]{}.,;:!?—–-_* \t\n"


def choose(pipeline: str) -> Finder:
    """The tagger of an installed spaCy pipeline, or of one in a folder.

    Raises:
        ModelError: it is not there.
    """
    return finder_of(lambda: load_tagger(pipeline), tagger_version(pipeline), pipeline)


def finder_of(load: Callable[[], Tagger], version: str, pipeline: str) -> Finder:
    """The finder of names that a tagger makes.

    Args:
        load: gives the tagger.
        version: its name and version.
        pipeline: what a person calls it; begins with the code of its language.
    """

    def joined(book: Book, sentences: Sequence[Sentence], chapters: Iterable[list[Any]]) -> Found:
        mentions = name_mentions(book, sentences, (Tagged(*row) for rows in chapters for row in rows))
        return Found(mentions, voices_by_rule(book, mentions))

    def chapter_finder() -> ChapterFinder:
        tagger = load()
        return lambda book, chapters: (tag_chapter(book, sentences, tagger) for sentences in chapters)

    return Finder(
        version,
        name=pipeline,
        language=pipeline,
        load=chapter_finder,
        join=joined,
    )


def name_mentions(book: Book, sentences: Sequence[Sentence], tagged: Iterable[Tagged]) -> tuple[Mention, ...]:
    """Mentions by name, in text order, none inside another: what was tagged, with titles, in every place it stands.

    Args:
        book: the book.
        sentences: all its sentences.
        tagged: what a tagger found in them.
    """
    wording, book = book, replace(book, text=plain_type(book.text))
    spans = {(span.start, span.end): span for span in (_trimmed(book.text, found) for found in tagged) if span}
    spans = _without_common_words(book, sentences, spans)
    known = well_known(book, sentences, spans.values())
    found = list(spans.values())
    for sentence in sentences:
        found.extend(_titled(book.text, sentence))
        found.extend(known_names(book.text, sentence, known))
    longest = _longest(_with_title(book.text, sentences, span) for span in found)
    longest = _longest(_in_full(book.text, longest))
    bare = iter(relabelled(book.text, (span for span in longest if not _bears_title(book.text, span))))
    named = [span._replace(label="PER") if _bears_title(book.text, span) else next(bare) for span in longest]
    return _as_mentions(wording, sentences, named)


def _trimmed(text: str, found: Tagged) -> Tagged | None:
    """Without quotes, stops and a possessive at its ends; None if no capitalised word is left."""
    start, end = found.start, found.end
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE and not (text[end - 1] == "." and _is_title(text[start:end])):
        end -= 1
    end -= len(match.group()) if (match := _POSSESSIVE.search(text[start:end])) else 0
    name = text[start:end]
    if not any(word[0].isupper() for word in name.split() if word):
        return None
    return Tagged(start, end, found.label)


def _without_common_words(
    book: Book, sentences: Sequence[Sentence], spans: dict[tuple[int, int], Tagged]
) -> dict[tuple[int, int], Tagged]:
    """Without single words that the book uses as ordinary ones: "Would", "WOULD" and the "Breakfast" of a menu."""
    written_small = Counter(
        match.group()
        for sentence in sentences
        for match in _WORD.finditer(book.text, sentence.start, sentence.end)
        if match.group().islower()
    )
    times = Counter(book.text[start:end].casefold() for start, end in spans)
    return {
        (start, end): span
        for (start, end), span in spans.items()
        for name in (book.text[start:end].casefold(),)
        if len(name) > 1 and written_small[name] <= _COMMON_FACTOR * (times[name] - 1)
    }


def well_known(
    book: Book, sentences: Sequence[Sentence], tagged: Iterable[Tagged]
) -> dict[str, dict[tuple[str, ...], EntityLabel]]:
    """The names that a book's taggings make sure of, to be looked for everywhere.

    Args:
        book: the book.
        sentences: all its sentences.
        tagged: names that were found in them, in any order.

    Returns:
        First word -> all words -> label that they were tagged with most often.
    """
    labels: defaultdict[tuple[str, ...], Counter[EntityLabel]] = defaultdict(Counter)
    for span in tagged:
        labels[_words(book.text[span.start : span.end])][span.label] += 1
    occurrences: Counter[tuple[str, ...]] = Counter()
    candidates = _by_first_word({words: max(sorted(votes), key=votes.__getitem__) for words, votes in labels.items()})
    for sentence in sentences:
        occurrences.update(words for _, _, words in _matches(book.text, sentence, candidates))
    return _by_first_word(
        {
            words: label
            for by_words in candidates.values()
            for words, label in by_words.items()
            if (times := labels[words].total()) >= _KNOWN_AFTER and times >= _KNOWN_SHARE * occurrences[words]
        }
    )


def _by_first_word(names: dict[tuple[str, ...], EntityLabel]) -> dict[str, dict[tuple[str, ...], EntityLabel]]:
    index: defaultdict[str, dict[tuple[str, ...], EntityLabel]] = defaultdict(dict)
    for words, label in names.items():
        if words and words[0][0].isupper() and len("".join(words)) > 2:
            index[words[0]][words] = label
    return dict(index)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(name))


def _matches(
    text: str, sentence: Sentence, names: dict[str, dict[tuple[str, ...], EntityLabel]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where known names stand in a sentence: start, end, words; the longest one at each place."""
    words = [
        (match.start(), match.start() + len(bare), bare)
        for match in _WORD.finditer(text, sentence.start, sentence.end)
        for bare in (_bare(match.group()),)
    ]
    position = 0
    while position < len(words):
        best: tuple[str, ...] = ()
        for candidate in names.get(words[position][2], ()):
            following = tuple(word for _, _, word in words[position : position + len(candidate)])
            if following == candidate and len(candidate) > len(best):
                best = candidate
        if best:
            yield words[position][0], words[position + len(best) - 1][1], best
        position += len(best) or 1


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """A word without possessive, and without a full stop unless it is a title's."""
    word = _POSSESSIVE.sub("", word)
    return word if word.endswith(".") and _is_title(word) else word.removesuffix(".")


def known_names(
    text: str, sentence: Sentence, known: dict[str, dict[tuple[str, ...], EntityLabel]]
) -> Iterator[Tagged]:
    """Where the names of ``well_known`` stand in a sentence, with or without a tagger that saw them; longest first."""
    for start, end, words in _matches(text, sentence, known):
        yield Tagged(start, end, known[words[0]][words])


def _titled(text: str, sentence: Sentence) -> Iterator[Tagged]:
    """A title and the name after it: "Lady Catherine de Bourgh", "Lord St. Simon", "the Duke of Kent"."""
    words = list(_WORD.finditer(text, sentence.start, sentence.end))
    for index, word in enumerate(words[:-1]):
        following = words[index + 1]
        if not word.group()[0].isupper() or not _is_title(word.group()) or _is_title(following.group()):
            continue
        last = _end_of_name(text, words, index)
        if last > index:
            yield Tagged(word.start(), words[last].start() + len(_bare(words[last].group())), "PER")


def _end_of_name(text: str, words: Sequence[re.Match[str]], title: int) -> int:
    """Index of the last word of the name that follows a title; the title's own if none does."""
    last = title
    while last + 1 < len(words) and _continues_name(text, words[last], words[last + 1]):
        particle = 0
        while words[last + 1 + particle].group() in (_PARTICLES | {"of"} if last == title else _PARTICLES):
            particle += 1
            if last + 1 + particle == len(words):
                return last
        named = words[last + 1 + particle]
        if not named.group()[0].isupper() or text[named.start() - 1] != " ":
            return last
        last += 1 + particle
    return last


def _continues_name(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    ends = _POSSESSIVE.search(word.group()) or (
        word.group().endswith(".") and not _is_title(word.group()) and word.group() not in _SAINTS
    )
    begins = following.group()[0].isupper() or following.group() in _PARTICLES | {"of"}
    return text[word.end() : following.start()] == " " and begins and not ends


def _with_title(text: str, sentences: Sequence[Sentence], span: Tagged) -> Tagged:
    """The span with the titles right before it: "Bennet" after "Mr. " is "Mr. Bennet"."""
    if span.label not in ("PER", "ORG", "GPE"):
        return span
    sentence = sentences[_sentence_at(sentences, span.start)]
    start = span.start
    while match := re.search(r"(\S+) $", text[max(sentence.start, start - 20) : start]):
        title = match.group(1).lstrip(_EDGE)
        if not title or not title[0].isupper() or not _is_title(title):
            break
        start -= len(title) + 1
    return Tagged(start, span.end, "PER") if start < span.start else span


def _in_full(text: str, spans: Sequence[Tagged]) -> Iterator[Tagged]:
    """The spans, with the capitalised word that mostly stands before them: a taggers' "Turtle" is the Mock Turtle."""
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        before[text[span.start : span.end]][_word_before(text, span.start)] += 1
    for span in spans:
        words = before[text[span.start : span.end]]
        word = _word_before(text, span.start)
        belongs = word and words[word] >= _KNOWN_AFTER and words[word] >= _IN_FULL_SHARE * words.total()
        yield span._replace(start=span.start - len(word) - 1) if belongs else span


def _word_before(text: str, offset: int) -> str:
    """The capitalised word, no title, that one space separates from what begins at ``offset``; "" if there is none."""
    match = _CAPITALISED_BEFORE.search(text, max(0, offset - 30), offset)
    return match.group(1) if match and not _is_title(match.group(1)) else ""


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> int:
    return bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1


def _longest(spans: Iterable[Tagged]) -> list[Tagged]:
    """In text order; of spans that overlap the longest, of equal ones the first."""
    kept: list[Tagged] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept


def _as_mentions(book: Book, sentences: Sequence[Sentence], spans: Iterable[Tagged]) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    for span in spans:
        sentence = sentences[_sentence_at(sentences, span.start)]
        if span.end > sentence.end:
            continue  # a name never runs over the end of its sentence
        text = book.text[span.start : span.end]
        mention_id = f"m{len(mentions)}"
        mentions.append(
            Mention(mention_id, span.start, span.end, text, span.label, "name", sentence.index, sentence.chapter)
        )
    return tuple(mentions)


def _bears_title(text: str, span: Tagged) -> bool:
    first, *others = text[span.start : span.end].split()
    return bool(others) and _is_title(first)


def _is_title(word: str) -> bool:
    return find_title(word) is not None
