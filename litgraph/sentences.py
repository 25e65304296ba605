"""Sentences, found paragraph by paragraph on spaCy's tokens.

spaCy's tokeniser knows which full stops belong to a word ("Mr.", "St.", "e.g."). Where sentences end is decided here by
rule, because the statistical parsers are trained on news and cut novels at "'Oh!' cried she".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from litgraph.names.abbreviations import full_given_name, initials
from litgraph.progress import Progress, silent
from litgraph.types import Book, Sentence
from litgraph.typography import plain_type

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TERMINAL = re.compile(r"[.!?…]+|\.(?:\s?\.)+")
_CLOSING = frozenset("\"'”’»)]}“")  # “ closes in German; it is a closer only when it stands tight behind the end
_OPENING = frozenset("\"'“‘«([{„—–-_*")
_INITIAL = re.compile(r"[^\W\d_]\.")
_SHORT_ROMAN = re.compile(r"[IVXLCDM]{1,3}\.")
# What spaCy's English exceptions lack and novels are full of. All are followed by what they abbreviate.
_ABBREVIATIONS = frozenset(
    "mr. mrs. ms. messrs. mme. mlle. dr. st. ste. sr. jr. rev. hon. capt. col. gen. lieut. lt. maj. sergt. sgt. prof. "
    "esq. supt. gov. pres. sen. rep. insp. adm. comdr. cmdr. cpl. pte. bros. rt. brig. adjt. mons. visc. "
    "mt. ft. vol. chap. cap. fig. viz. i.e. e.g. cf. ed. hist. fr. bp. archbp. mdlle. mssrs. m. mm. d. doña.".split()
)
# These stand behind a name or a number, or alone.
_NEVER_INITIALS = frozenset("a.m. p.m. a.d. b.c. p.s. n.b. b.a. m.a. m.d. d.d. m.p. k.c. q.c. r.a. r.n.".split())
_BEFORE_NUMBERS = frozenset(("no.", "nos.", "p.", "pp."))
# A capital after "'Is it?'" or "U.S." begins a new sentence unless it is a name's ("Mr. Bennet replied") or "I".
_NEVER_SPEAKERS_NAMES = frozenset(
    "he she it they we you this that these those there then but and or so for not now here what who when where why how "
    "if in on at a an the his her their its my your our yes no".split()
)
_SPEECH_VERBS = frozenset(
    "added admitted agreed announced answered argued asked assented begged began bawled bellowed breathed called "
    "chimed chuckled commanded commented complained concluded confessed continued cried declared demanded echoed "
    "ejaculated entreated exclaimed explained faltered gasped groaned growled grumbled grunted hissed howled inquired "
    "enquired insisted interposed interrupted moaned murmured muttered observed ordered panted persisted pleaded "
    "proceeded protested pursued put queried quoth rejoined remarked repeated replied responded resumed retorted "
    "returned roared said says screamed shouted shrieked sighed sneered snapped snarled sobbed spoke stammered "
    "suggested thought urged vociferated wailed whimpered whispered wondered yelled".split()
)
_LONGEST = 400  # tokens; longer sentences are in lists, in verse without stops, and in what is no prose
_PAUSES = frozenset((";", ":", ",", "—", "--", "–"))
_SPEAKER_REACH = 5  # tokens between the closing quote and the verb of "'Is it?' old Mr. Bennet calmly replied"


def segment(book: Book, *, progress: Progress = silent) -> tuple[Sentence, ...]:
    """The sentences of all chapters of ``book``, in order; headings are sentences of their own.

    Every sentence lies within one paragraph, and in a play within a label, a speech or a stage direction. Front matter,
    contents and back matter have none.

    Args:
        book: the book.
        progress: told of every paragraph.
    """
    tokenizer = _tokenizer(book.language)
    text = plain_type(book.text)
    sentences: list[Sentence] = []
    paragraphs = list(_paragraphs_of_chapters(book))
    speeches = book.play.speeches if book.play else ()
    cuts = sorted({at for speech in speeches for piece in speech.pieces for at in (piece.start, piece.end)})
    for chapter, paragraph in progress(paragraphs, "finding sentences, by paragraph", len(paragraphs)):
        span = book.paragraphs[paragraph]
        inside = cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]
        for begin, stop in pairwise([span.start, *inside, span.end]):
            for start, end in sentence_spans(tokenizer(text[begin:stop])):
                sentences.append(Sentence(len(sentences), begin + start, begin + end, chapter, paragraph))
    return tuple(sentences)


def sentence_spans(tokens: Doc) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph as character offsets (start, end), without the white space between them.

    None is longer than 400 tokens: what has no end for so long is cut at its pauses, or else between words, since what
    is done with the mentions of one sentence, two by two, takes time with the square of its length.

    Args:
        tokens: the paragraph, tokenised by any spaCy tokeniser.
    """
    texts = [token.text for token in tokens]
    offsets = [token.idx for token in tokens]
    spaced = [bool(token.whitespace_) or token.is_space for token in tokens]
    start = 0
    index = 0
    while index < len(texts):
        if _ends_sentence(texts, spaced, index):
            last = _last_closer(texts, spaced, index)
            if last + 1 < len(texts) and _begins_sentence(texts, last + 1, ended_by=texts[index], quoted=last > index):
                yield from _cut(texts, spaced, offsets, start, last)
                start = last + 1
            index = last
        index += 1
    yield from _cut(texts, spaced, offsets, start, len(texts) - 1)


@lru_cache(maxsize=2)  # many books of one process are in one language
def _tokenizer(language: str) -> Callable[[str], Doc]:
    """spaCy's tokeniser for an ISO 639-1 code; the English one where spaCy does not know the language."""
    import spacy

    try:
        return cast("Callable[[str], Doc]", spacy.blank(language or "en").tokenizer)
    except ImportError:
        return cast("Callable[[str], Doc]", spacy.blank("en").tokenizer)


def _paragraphs_of_chapters(book: Book) -> Iterator[tuple[int, int]]:
    """(chapter number, paragraph index) of all paragraphs that are read."""
    paragraph = 0
    for chapter in book.divisions:
        while paragraph < len(book.paragraphs) and book.paragraphs[paragraph].start < chapter.end:
            if chapter.kind == "chapter":
                yield chapter.number, paragraph
            paragraph += 1


def _ends_sentence(texts: Sequence[str], spaced: Sequence[bool], index: int) -> bool:
    text = texts[index]
    after = texts[index + 1] if index + 1 < len(texts) else ""
    if after and not spaced[index] and set(after) <= _CLOSING:
        return text.endswith((".", "!", "?", "…"))  # “No.” ends, whatever it may abbreviate elsewhere
    if not _TERMINAL.fullmatch(text):
        # "it was I." and "at 5 p.m." end in a token that holds its own full stop; "Mr." does too, and ends nothing
        return text.endswith((".", "!", "?", "…")) and not _abbreviates(text, after)
    return text != "." or index == 0 or spaced[index - 1] or not _abbreviates(texts[index - 1] + ".", after)


def _abbreviates(text: str, after: str) -> bool:
    """Whether the full stop at the end of ``text`` belongs to the word: a title, an initial or a numeral."""
    folded = text.casefold()
    if folded in _BEFORE_NUMBERS and text != "P.":  # which is an initial
        return after[:1].isdigit()
    if folded.rpartition("-")[2] in _ABBREVIATIONS:  # "Lieut.-Col." too
        return True
    if text[0].isupper() and (full_given_name(text) or (initials(text) and folded not in _NEVER_INITIALS)):
        # "J.K. Rowanly", "Wm. Black"; but "He left the U.S. Then …"
        return after[:1].isalpha() and after != "I" and after.casefold() not in _NEVER_SPEAKERS_NAMES
    if text in ("I.", "O."):
        return False
    return text[0].isupper() and (_INITIAL.fullmatch(text) or _SHORT_ROMAN.fullmatch(text)) is not None


def _last_closer(texts: Sequence[str], spaced: Sequence[bool], index: int) -> int:
    """The last token that still belongs to the sentence ending at ``index``: further stops, quotes, brackets."""
    while index + 1 < len(texts) and (
        _TERMINAL.fullmatch(texts[index + 1]) or (not spaced[index] and set(texts[index + 1]) <= _CLOSING)
    ):
        index += 1
    return index


def _begins_sentence(texts: Sequence[str], index: int, *, ended_by: str, quoted: bool) -> bool:
    """Whether a new sentence begins at ``index``, right after a possible end."""
    while index < len(texts) and (texts[index].isspace() or set(texts[index]) <= _OPENING):
        index += 1
    if index == len(texts):
        return False
    if texts[index][0].islower():
        return False
    if texts[index][0] in ",;:":
        return False
    return not (quoted and ended_by[-1] in "!?…" and _speaks(texts, index))


def _speaks(texts: Sequence[str], index: int) -> bool:
    """Whether a clause such as "Mr. Bennet replied" stands at ``index``: it belongs to the speech before it."""
    if texts[index].casefold() in _NEVER_SPEAKERS_NAMES:
        return False
    for position, text in enumerate(texts[index : index + _SPEAKER_REACH], start=index + 1):
        if text.casefold() in _SPEECH_VERBS:
            return texts[position : position + 1] != ["that"]  # "Mr. Bennet replied that …" tells of another speech
        if text in {",", ";", ":", "!", "?", "."} or text[0] in _OPENING:
            return False
    return False


def _cut(
    texts: Sequence[str], spaced: Sequence[bool], offsets: Sequence[int], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """A sentence from one token to another, both inside, in pieces if it is too long."""
    while last - first >= _LONGEST:
        within = range(first + _LONGEST - 1, first + _LONGEST // 2, -1)
        gaps = [index for index in within if spaced[index]] or within[:1]
        stop = next((index for index in gaps if texts[index] in _PAUSES), gaps[0])
        yield from _trimmed(texts, offsets, first, stop)
        first = stop + 1
    yield from _trimmed(texts, offsets, first, last)


def _trimmed(texts: Sequence[str], offsets: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    while first <= last and texts[first].isspace():
        first += 1
    while last >= first and texts[last].isspace():
        last -= 1
    if first <= last:
        yield offsets[first], offsets[last] + len(texts[last])
