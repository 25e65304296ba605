"""Examples as a book, one chapter each, so that a labeller that reads books can be asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litgraph.relations.asking.marked import places_of
from litgraph.relations.asking.prompts import Question
from litgraph.sentences import segment
from litgraph.types import Book, Chapter, EntityLabel, Mention, MentionForm, Pair, Sentence, Span

_LABELS: dict[str, EntityLabel] = {"PER": "PER", "LOC": "GPE", "FAC": "FAC", "GPE": "GPE", "VEH": "VEH", "ORG": "ORG"}
_PRONOUNS = frozenset(
    "i me my mine myself we us our ours you your yours thou thee thy he him his himself she her hers herself it its "
    "they them their theirs who whom whose".split()
)


@dataclass(frozen=True, slots=True)
class RecordBook:
    """A book of examples.

    Attributes:
        text: of all of them.
        sentences: likewise.
        pairs: one an example, its two mentions in text order; None if they cannot be found in its text, or are of a
            type that no node of a graph has.
        one, other: ids of the two entities, in every pair.
    """

    text: str
    sentences: tuple[Sentence, ...]
    pairs: tuple[Pair | None, ...]
    one: str = "one"
    other: str = "other"


def book_of(questions: Sequence[Question]) -> RecordBook:
    """The book of some questions, in their order."""
    texts = [" ".join(question.text.split()) for question in questions]
    starts, length = [], 0
    for text in texts:
        starts.append(length)
        length += len(text) + 2
    book = Book(
        text="\n\n".join(texts),
        language="en",
        divisions=tuple(
            Chapter(number, "", start, start + len(text) + (2 if number < len(texts) else 0))
            for number, (start, text) in enumerate(zip(starts, texts, strict=True), start=1)
        ),
        paragraphs=tuple(Span(start, start + len(text)) for start, text in zip(starts, texts, strict=True)),
    )
    sentences = segment(book)
    by_chapter: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_chapter.setdefault(sentence.chapter, []).append(sentence)
    pairs = [
        _pair(question, text, start, number, by_chapter.get(number, []))
        for number, (question, text, start) in enumerate(zip(questions, texts, starts, strict=True), start=1)
    ]
    return RecordBook(book.text, tuple(sentences), tuple(pairs))


def _pair(question: Question, text: str, start: int, chapter: int, sentences: Sequence[Sentence]) -> Pair | None:
    places = places_of(text, *(" ".join(name.split()) for name in (question.one, question.other)), nested=True)
    labels = [_LABELS.get(name or "PER") for name in (question.one_type, question.other_type)]
    if places is None or None in labels:
        return None
    mentions = []
    for name, (begin, end), label in zip(("one", "other"), places, labels, strict=True):
        inside = [s for s in sentences if s.start <= start + begin < s.end]
        if not inside or label is None:
            return None
        found = text[begin:end]
        mentions.append(
            Mention(
                id=f"{chapter}-{name}",
                start=start + begin,
                end=start + end,
                text=found,
                label=label,
                form=_form(found),
                sentence=inside[0].index,
                chapter=chapter,
                entity=name,
            )
        )
    head, tail = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    by_index = {sentence.index: sentence for sentence in sentences}
    begin, end = by_index[head.sentence].start, by_index[tail.sentence].end
    return Pair(head, tail, begin, end, text[begin - start : end - start])


def _form(text: str) -> MentionForm:
    if text.casefold() in _PRONOUNS:
        return "pronoun"
    return "name" if text[:1].isupper() and text.split()[0] not in ("The", "A", "An", "His", "Her", "My") else "noun"
