"""The marks of a play, as part of the vocabulary between the stages: frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.types import Gender, Span


@dataclass(frozen=True, slots=True)
class Role:
    """A line of a play's dramatis personae.

    Attributes:
        names: what it calls the person, "Puck" and "Robin Goodfellow"; in ordinary case.
        description: what it says of the person, "King of the Fairies"; "" if nothing.
        start, end: the line in ``Book.text``; both 0 for a person whom only the markup lists.
        id: by which the markup of speeches names the person; "" if it does not.
        gender: as the markup says.
    """

    names: tuple[str, ...]
    description: str = ""
    start: int = 0
    end: int = 0
    id: str = ""
    gender: Gender = "unknown"


@dataclass(frozen=True, slots=True)
class PlaySpeech:
    """What one speaker says in a play without a break, under one label.

    Attributes:
        label: the speaker's name before the speech, without the punctuation behind it.
        pieces: what is said, without the label and the stage directions; empty where nothing is.
        who: ids of the roles that the markup gives; empty where a label is all there is.
    """

    label: Span
    pieces: tuple[Span, ...]
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Play:
    """What makes a text a play: its own marks of who speaks, who comes and goes, and who is in it.

    Attributes:
        speeches: in text order.
        directions: stage directions in text order, with their brackets.
        roles: the dramatis personae, in its order; empty if the play has none.
    """

    speeches: tuple[PlaySpeech, ...]
    directions: tuple[Span, ...] = ()
    roles: tuple[Role, ...] = ()
