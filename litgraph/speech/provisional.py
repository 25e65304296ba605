"""Speakers and hearers by the plainest rule; stands in until quotations are attributed properly.

The speaker is whom the nearest "said *Emma*" or "*Emma* said" beside the quotation in its paragraph names; the hearer
is the last other speaker of the chapter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from litgraph.speech.quotations import quotations
from litgraph.types import Book, Cast, Mention, Quotation, Sentence

_VERB = r"(?:said|cried|replied|answered|asked|exclaimed|added|remarked|thought|returned|whispered|observed)"
_BEFORE_NAME = re.compile(rf"\s*{_VERB}\s*(?:the\s+)?")
_AFTER_NAME = re.compile(rf"\s*{_VERB}\b")
_CERTAINTY = 0.9
_REACH = 40  # characters between a quotation and the name beside it


def attribute(
    book: Book, sentences: Sequence[Sentence], mentions: Sequence[Mention], cast: Cast
) -> tuple[Quotation, ...]:
    """The quotations of all chapters, in text order, with speakers and hearers where the text says them plainly."""
    people = {entity.id for entity in cast.characters}
    names = {m.start: m for m in mentions if m.entity in people and m.form == "name"}
    found: list[Quotation] = []
    for chapter in book.chapters:
        speakers: list[str] = []
        for span in quotations(book.text[chapter.start : chapter.end]):
            start, end = span.start + chapter.start, span.end + chapter.start
            cue = _named_beside(book.text, names, start, end)
            before = found[-1] if found and found[-1].chapter == chapter.number else None
            if cue is None and before and before.speaker and "\n" not in book.text[before.end : start]:
                speaker, cue_id = before.speaker, before.cue
            else:
                speaker, cue_id = (cue.entity, cue.id) if cue else ("", "")
            others = [one for one in speakers if one != speaker]
            hearers = (others[-1],) if speaker and others else ()
            speakers = [*speakers[-3:], speaker] if speaker else speakers
            found.append(
                Quotation(
                    f"q{len(found)}",
                    start,
                    end,
                    chapter.number,
                    speaker,
                    hearers,
                    cue_id,
                    "named" if speaker else "turn",
                    _CERTAINTY if speaker else 0.0,
                )
            )
    return tuple(found)


def _named_beside(text: str, names: dict[int, Mention], start: int, end: int) -> Mention | None:
    """The name after the verb of speech behind a quotation, or the name before that verb."""
    for offset in range(end, min(end + _REACH, len(text))):
        mention = names.get(offset)
        between = text[end:offset]
        if "\n" in between:
            return None
        if mention and (
            _BEFORE_NAME.fullmatch(between) or (not between.strip() and _AFTER_NAME.match(text, mention.end))
        ):
            return mention
    return None
