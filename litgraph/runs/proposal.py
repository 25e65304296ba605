"""The machine's proposal of a cast, signed with what it was made from, so that it is not made twice of the same.

To find out whom every mention means is half of the work of a rebuild after an edit; the proposal that the edits are
compared with need not be found out again while the book, its mentions and litgraph are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litgraph.runs.keys import stage_key

_MARK = "# Made from "


def signed(text: str, made_from: Sequence[Any]) -> str:
    """The text of a proposal with a last line that says what it was made from.

    Args:
        text: of the proposal.
        made_from: all values that it depends on.
    """
    return f"{text}{_MARK}{_signature(text, made_from)}\n"


def unsigned(text: str) -> str:
    """The text of a proposal without its last line."""
    return text[: text.rfind(_MARK)] if text.rfind(_MARK) >= 0 else text


def still_stands(text: str | None, made_from: Sequence[Any]) -> bool:
    """Was this proposal made from just these values, and not changed since? None is no proposal."""
    return text is not None and text == signed(unsigned(text), made_from)


def _signature(text: str, made_from: Sequence[Any]) -> str:
    return stage_key("proposal", [text, *made_from])
