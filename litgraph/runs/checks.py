"""Whether what is in a run folder agrees with what is about to be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from litgraph.errors import RunFolderError
from litgraph.runs.loading import BOOK_FILE, MENTIONS_FILE, VOICES_FILE, read_json
from litgraph.types import Book, Mention, Sentence, Voice


def checked_book(book: Book, folder: Path | None) -> Book:
    """The book, if the run folder is new or holds an earlier reading of the same one.

    Raises:
        RunFolderError: the folder belongs to another book; its edited cast must not be lost to this one.
    """
    try:
        before = read_json(folder / BOOK_FILE) if folder else None
    except RunFolderError:
        before = None  # gone or damaged: it is what this stage makes anew
    if isinstance(before, dict) and before.get("identifier", book.identifier) != book.identifier:
        raise RunFolderError(
            f"{folder} belongs to another book ({before.get('title')}, {before['identifier']}).",
            "Choose another folder with -o.",
        )
    return book


def checked_mentions(mentions: Iterable[Mention], book: Book, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """The mentions in the order of the text, of two that begin together the longer first.

    Raises:
        RunFolderError: one is not where it says it is, or two have the same id: a person may have corrected the file.
    """
    ids: set[str] = set()
    for mention in mentions:
        sentence = sentences[mention.sentence] if 0 <= mention.sentence < len(sentences) else None
        if sentence is None or not sentence.start <= mention.start < sentence.end:
            wrong = f"does not begin in sentence {mention.sentence}"
        elif not mention.text or book.text[mention.start : mention.end] != mention.text:
            wrong = f"has a text that does not stand from {mention.start} to {mention.end}"
        elif mention.chapter != sentence.chapter:
            wrong = f"is not in chapter {mention.chapter}, but in {sentence.chapter}"
        elif mention.id in ids:
            wrong = "is there twice"
        else:
            ids.add(mention.id)
            continue
        raise RunFolderError(
            f"{MENTIONS_FILE}: mention {mention.id!r} {wrong}.",
            "Mend its line, or delete the file to have it made anew by the next build.",
        )
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def checked_voices(voices: Sequence[Voice], book: Book) -> Sequence[Voice]:
    """The voices, in the order of the text and each in its chapter.

    Raises:
        RunFolderError: one is not, or points to a quotation that is not there: somebody may have changed the file.
    """
    chapters = {chapter.number: chapter for chapter in book.chapters}
    end = 0
    for number, voice in enumerate(voices, start=1):
        chapter = chapters.get(voice.chapter)
        turns = [turn for turn, _ in voice.speaker_turns + voice.hearer_turns]
        if not end <= voice.start < voice.end:
            wrong = f"stands from {voice.start} to {voice.end}, which is not behind the one before"
        elif chapter is None or not (chapter.start <= voice.start and voice.end <= chapter.end):
            wrong = f"is not in chapter {voice.chapter}"
        elif any(not 0 <= turn < len(voices) for turn in turns):
            wrong = f"points to a quotation that is not there, of {len(voices)}"
        else:
            end = voice.end
            continue
        raise RunFolderError(
            f"{VOICES_FILE}: the quotation of line {number} {wrong}.",
            "Delete the file to have it made anew by the next build.",
        )
    return voices
