"""The labels of a play's speeches as mentions by name, and the voices that they give.

A label is a name wherever it stands, whatever a reader of passages takes it for; who speaks is certain, and who is
spoken to follows from who is on the stage (``litgraph.speech.stage``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from litgraph.drama import Play
from litgraph.mentions.finder import Found
from litgraph.names.grammar import fold
from litgraph.speech.stage import hearers
from litgraph.types import Book, Mention, Sentence, Shares, Voice


def with_labels(book: Book, sentences: Sequence[Sentence], found: Found) -> Found:
    """What was found in a play, with its labels for mentions and its speeches for voices; a novel as it is.

    Args:
        book: the book.
        sentences: all its sentences.
        found: by a reader or a tagger; mentions that overlap a label are the label.
    """
    if book.play is None:
        return found
    mentions, new_id = _merged(book, book.play, sentences, found.mentions)
    label_at = {mention.start: mention.id for mention in mentions}
    return Found(tuple(_relinked(mention, new_id) for mention in mentions), _voices(book, book.play, label_at))


def _merged(
    book: Book, play: Play, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[list[Mention], dict[str, str]]:
    """The mentions with the labels among them, numbered anew, and for each old id the new one."""
    starts = [sentence.start for sentence in sentences]
    spans = [speech.label for speech in play.speeches]
    label_starts = [span.start for span in spans]
    names = {word for span in spans for word in fold(book.text[span.start : span.end]).split()}
    verbs = {span.start + 1 for span in play.directions if book.text[span.start] in "[("}
    replaced: dict[str, int] = {}  # id -> index of the label that it overlaps
    kept: list[tuple[Mention, str]] = []
    for mention in mentions:
        index = bisect_right(label_starts, mention.end - 1) - 1
        if index >= 0 and mention.start < spans[index].end and mention.end > spans[index].start:
            replaced[mention.id] = index
        elif mention.form == "name" and mention.start in verbs and fold(mention.text) not in names:
            _, _, rest = mention.text.partition(" ")
            if rest:  # "[Grips MANDERS by the arm.]"
                kept.append((replace(mention, start=mention.end - len(rest), text=rest), mention.id))
        else:
            kept.append((mention, mention.id))
    for index, span in enumerate(spans):
        sentence = sentences[bisect_right(starts, span.start) - 1]
        text = book.text[span.start : span.end]
        label = Mention("", span.start, span.end, text, "PER", "name", sentence.index, sentence.chapter)
        kept.append((label, f"label {index}"))
    kept.sort(key=lambda one: (one[0].start, -one[0].end))
    new_id = {old: f"m{number}" for number, (_, old) in enumerate(kept)}
    new_id |= {old: new_id[f"label {index}"] for old, index in replaced.items()}
    return [replace(mention, id=new_id[old]) for mention, old in kept], new_id


def _relinked(mention: Mention, new_id: dict[str, str]) -> Mention:
    shares: dict[str, float] = {}
    for antecedent, share in mention.antecedents:
        if antecedent in new_id:
            shares[new_id[antecedent]] = shares.get(new_id[antecedent], 0.0) + share
    return replace(mention, antecedents=tuple(shares.items()))


def _voices(book: Book, play: Play, label_at: dict[int, str]) -> tuple[Voice, ...]:
    chapters = book.chapters
    starts = [chapter.start for chapter in chapters]
    addressed = hearers(book)
    voices: list[Voice] = []
    for number, speech in enumerate(play.speeches):
        heard = addressed[number]
        hearer: Shares = tuple((label_at[play.speeches[one].label.start], 1 / len(heard)) for one in heard)
        for piece in speech.pieces:
            chapter = chapters[bisect_right(starts, piece.start) - 1].number
            speaker = ((label_at[speech.label.start], 1.0),)
            voices.append(Voice(piece.start, piece.end, chapter, number, speaker=speaker, hearer=hearer, labelled=True))
    return tuple(voices)
