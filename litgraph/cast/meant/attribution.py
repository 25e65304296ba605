"""The quotations of a book with their speakers and hearers, once it is known whom its mentions mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from litgraph.cast.meant.beliefs import likeliest
from litgraph.speech.turns import Speech
from litgraph.types import Manner, Mention, Quotation, Voice

_SPEAKS, _HEARS = 0.3, 0.4  # certainty from which on somebody is given
_CUE = 0.5  # share of a mention beside a quotation that tells its speaker
_FIRST_PERSON = frozenset("i me my mine myself".split())


def attribute(
    voices: Sequence[Voice], speech: Sequence[Speech], mentions: Iterable[Mention], meant: Mapping[str, str]
) -> tuple[Quotation, ...]:
    """Who says what to whom, in text order; what is only thought is left out.

    Args:
        voices: the quotations of the book.
        speech: who says and hears each of them, and how certain that is.
        mentions: of the book.
        meant: mention id -> entity id.
    """
    return tuple(_quotations(voices, {mention.id: mention for mention in mentions}, meant, speech))


def _quotations(
    voices: Sequence[Voice], by_id: Mapping[str, Mention], meant: Mapping[str, str], speech: Sequence[Speech]
) -> Iterator[Quotation]:
    number = 0
    for voice, own in zip(voices, speech, strict=True):
        if voice.thought:
            continue
        speaker, certainty = likeliest(own.speaker, _SPEAKS)
        cue = next((by_id[id_] for id_, share in voice.speaker[:1] if share >= _CUE and id_ in by_id), None)
        if cue is not None and speaker and meant.get(cue.id, speaker) != speaker:
            cue = None
        hearers = sorted(own.hearer.items(), key=lambda one: (-one[1], one[0]))
        yield Quotation(
            id=f"q{number}",
            start=voice.start,
            end=voice.end,
            chapter=voice.chapter,
            speaker=speaker,
            addressees=tuple(entity for entity, share in hearers if share >= _HEARS and entity != speaker),
            cue=cue.id if cue else "",
            how=_how(cue),
            certainty=certainty,
        )
        number += 1


def _how(cue: Mention | None) -> Manner:
    if cue is None:
        return "turn"
    if cue.form == "name":
        return "named"
    return "narrator" if cue.text.casefold() in _FIRST_PERSON else "described"
