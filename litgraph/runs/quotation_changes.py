"""Who says a quotation, corrected by a person: in the lines of ``quotations.jsonl``, as an editor would change them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from litgraph.errors import RunFolderError
from litgraph.files import write_text
from litgraph.names.grammar import fold
from litgraph.runs import formats
from litgraph.runs.loading import (
    CAST_FILE,
    QUOTATIONS_FILE,
    VOICES_FILE,
    load_quotations,
    load_voices,
    read_json,
)
from litgraph.runs.lock import locked
from litgraph.types import Entity, Quotation, Voice


def change_speaker(folder: Path, quotation: str, speaker: str) -> str:
    """Say who says a quotation, and all other pieces of the same speech.

    Args:
        folder: the run folder.
        quotation: its id.
        speaker: id, name or alias of somebody in the cast; "" if nobody knows.

    Returns:
        What was done, a sentence.

    Raises:
        RunFolderError: there is no such quotation or nobody of that name, a file is damaged, or another process is at
            work in the folder.
    """
    with locked(folder):
        quotations = load_quotations(folder)
        meant = next((one for one in quotations if one.id == quotation), None)
        if meant is None:
            raise RunFolderError(
                f"{folder / QUOTATIONS_FILE} has no quotation {quotation!r}.", "Each of its lines begins with an id."
            )
        who = _found(folder, speaker) if speaker else ""
        voices = load_voices(folder) if (folder / VOICES_FILE).exists() else ()
        pieces = {one.id: _said_by(one, who) for one in _speech(meant, quotations, voices)}
        path = folder / QUOTATIONS_FILE
        lines = path.read_text(encoding="utf-8").split("\n")
        write_text(path, "\n".join(_corrected(line, pieces) for line in lines))
    more = f" and {len(pieces) - 1} more of the same speech" if len(pieces) > 1 else ""
    return f"{quotation} (chapter {meant.chapter}){more} is said by {who or 'nobody who is known'}."


def with_speakers_by_hand(
    folder: Path | None, found: Sequence[Quotation], now: Callable[[str], str]
) -> tuple[Quotation, ...]:
    """Quotations that are found anew, with the speakers whom a person gave to them before.

    Args:
        folder: the run folder, which holds the quotations of before; None for a run without one.
        found: the new ones.
        now: the id in the cast, as it is now, of whoever had an id before; "" for nobody.
    """
    try:
        before = load_quotations(folder) if folder and (folder / QUOTATIONS_FILE).exists() else ()
    except RunFolderError:
        before = ()  # it is set aside, and told
    said = {(one.start, one.end): one.speaker for one in before if one.how == "person"}
    kept = {place: now(speaker) for place, speaker in said.items() if not speaker or now(speaker)}
    return tuple(_said_by(one, kept[one.start, one.end]) if (one.start, one.end) in kept else one for one in found)


def _said_by(quotation: Quotation, speaker: str) -> Quotation:
    """What told the speaker before tells it no more, and nobody speaks to himself."""
    return replace(
        quotation,
        speaker=speaker,
        addressees=tuple(one for one in quotation.addressees if one != speaker),
        cue="",
        how="person",
        certainty=1.0 if speaker else 0.0,
    )


def _speech(meant: Quotation, quotations: Iterable[Quotation], voices: Iterable[Voice]) -> list[Quotation]:
    """The quotation and the others that go on with it, or that it goes on with."""
    turns = {(voice.start, voice.end): (voice.chapter, voice.turn) for voice in voices}
    turn = turns.get((meant.start, meant.end))
    return [one for one in quotations if one is meant or (turn is not None and turns.get((one.start, one.end)) == turn)]


def _corrected(line: str, pieces: dict[str, Quotation]) -> str:
    """A line of the file; of another quotation as it stands, whatever else stands in it."""
    row = json.loads(line) if line.strip() else {}
    if row.get("id") not in pieces:
        return line
    new = formats.quotation_to_row(pieces[row["id"]])
    changed = {name: new[name] for name in ("speaker", "addressees", "cue", "how", "certainty")}
    return json.dumps(row | changed, ensure_ascii=False)


def _found(folder: Path, called: str) -> str:
    entities = formats.entities_from_json(read_json(folder / CAST_FILE))
    wanted = fold(called)
    for bearers in (
        [one for one in entities if one.id == called],
        [one for one in entities if fold(one.name) == wanted],
        [one for one in entities if wanted in _names(one)],
    ):
        if len(bearers) == 1:
            return bearers[0].id
        if bearers:
            ids = ", ".join(one.id for one in bearers)
            raise RunFolderError(f"{called!r} may be any of {ids}.", "Say which one by its id.")
    owner = {name: one.id for one in reversed(entities) for name in (one.id, *_names(one))}
    close = dict.fromkeys(owner[name] for name in get_close_matches(wanted, list(owner), n=5))
    raise RunFolderError(
        f"Nobody in the cast is called {called!r}.", f"Did you mean {', '.join(close)}?" if close else ""
    )


def _names(entity: Entity) -> list[str]:
    return [fold(name) for name in (entity.name, *(alias for alias, _ in entity.aliases))]
