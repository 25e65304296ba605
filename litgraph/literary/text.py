"""From running text to the tokens that the literary reader reads, and back, by character offsets.

The tokens are those of the Penn Treebank, as LitBank has them: "Lincoln 's", "do n't", "Mr.", "well-known", quotation
marks and dashes apart. spaCy's tokeniser makes them, with a few rules changed and no model; of the tokens of LitBank's
90 training and development passages 99.9 % come out exactly as they are there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from litgraph.names.abbreviations import GIVEN_NAMES
from litgraph.speech.marks import in_double_marks
from litgraph.types import Book, Chapter, Sentence, Span
from litgraph.typography import modern_letters

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

# What stands apart from the words that it touches: dashes, double quotes, and Project Gutenberg's _italics_.
_APART = re.compile(r"-{2,}|[—–―]+|_+|[\"“”«»]")
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_CONTRACTED = r"(?<=[^\W\d_])(?:n['’]t|['’](?:ll|ve|re))"  # spaCy knows those of common words: "he'll", not "Dinah'll"
_ABBREVIATIONS = (
    "Esq. ESQ. MR. MRS. DR. ST. Messrs. Mme. Mlle. Capt. Col. Lieut. Lt. Hon. Prof. Jr. Sr. Lieut.-Col. Lieut.-Gen. "
    "Maj.-Gen. Brig.-Gen. Sergt.-Maj."
)


@dataclass(frozen=True, slots=True)
class ChapterTokens:
    """Some sentences as tokens, and where each token stands in the text. Not to be changed.

    Every character that is no white space is in exactly one token; a token holds no white space.

    Attributes:
        tokens: by sentence, in modern letters and with double marks of speech; an empty or blank sentence has none.
        starts, ends: for every token its offsets into the text, end exclusive.
    """

    tokens: list[list[str]]
    starts: list[list[int]]
    ends: list[list[int]]

    def span(self, sentence: int, first: int, last: int) -> tuple[int, int]:
        """Start and end in the text of the tokens ``first`` to ``last``, both inside.

        Args:
            sentence: counts from 0 in ``tokens``, so from the first of the sentences that were given.
            first: counts from 0 in the sentence.
            last: too.
        """
        return self.starts[sentence][first], self.ends[sentence][last]

    def covering(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The first and the last of the tokens of a sentence that a stretch of the text touches.

        Where the stretch begins or ends inside a token, the whole token is in. What lies outside the sentence is left
        out, and a stretch that touches no token gets those next to it.

        Args:
            sentence: as for ``span``; one with tokens.
            start: offset into the text.
            end: too, exclusive.
        """
        final = len(self.tokens[sentence]) - 1
        first = min(bisect_right(self.ends[sentence], start), final)
        last = max(bisect_left(self.starts[sentence], end) - 1, 0)
        return (first, last) if first <= last else (last, first)


def chapter_tokens(book_text: str, sentences: Sequence[Sentence]) -> ChapterTokens:
    """The tokens of some sentences, usually those of one chapter.

    >>> chapter = chapter_tokens("“Don’t--” _Emma_'s aunt.", [Sentence(0, 0, 24, 1, 0)])
    >>> chapter.tokens
    [['“', 'Do', 'n’t', '--', '”', '_', 'Emma', '_', "'s", 'aunt', '.']]
    >>> chapter.span(0, 6, 9)
    (11, 23)
    >>> chapter.covering(0, 11, 17)
    (6, 8)

    Args:
        book_text: what the offsets of the sentences count in.
        sentences: in any number; each is tokenised by itself.
    """
    tokenizer = _tokenizer()
    text = in_double_marks(book_text)
    chapter = ChapterTokens([], [], [])
    for sentence in sentences:
        apart = _APART.sub(r" \g<0> ", text[sentence.start : sentence.end])
        tokens = [token.text for token in tokenizer(apart) if not token.is_space]
        starts, ends = [], []
        end = sentence.start
        for token in tokens:
            start = text.index(token, end)  # only white space was added, so this is where it stands
            end = start + len(token)
            starts.append(start)
            ends.append(end)
        chapter.tokens.append([modern_letters(token) for token in tokens])
        chapter.starts.append(starts)
        chapter.ends.append(ends)
    return chapter


def text_tokens(text: str) -> ChapterTokens:
    """The tokens of a running text, by sentence; sentences do not go beyond a paragraph.

    >>> text_tokens("Emma smiled.\\n\\nShe left.").tokens
    [['Emma', 'smiled', '.'], ['She', 'left', '.']]

    Args:
        text: paragraphs with empty lines between them.
    """
    from litgraph.sentences import segment

    paragraphs = tuple(Span(*match.span()) for match in _PARAGRAPH.finditer(text))
    book = Book(text, language="en", divisions=(Chapter(1, "", 0, len(text)),), paragraphs=paragraphs)
    return chapter_tokens(text, segment(book))


@cache
def _tokenizer() -> Tokenizer:
    """spaCy's English tokeniser, which knows contractions and abbreviations, with words such as "well-known" whole."""
    import spacy
    from spacy.util import compile_infix_regex, compile_suffix_regex

    language: Any = spacy.blank("en")
    tokenizer: Tokenizer = language.tokenizer
    infixes = [rule for rule in language.Defaults.infixes if "--" not in rule]  # the one for hyphens and dashes
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex([*language.Defaults.suffixes, _CONTRACTED]).search
    tokenizer.url_match = None  # it takes "me.But" for an address
    given_names = [f"{name.capitalize()}." for name in GIVEN_NAMES]
    for abbreviation in [*_ABBREVIATIONS.split(), *given_names]:
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    return tokenizer
