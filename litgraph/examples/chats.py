"""A record as the chat that a model is asked in: in the words of its prompt, or in another style."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.errors import DatasetError
from litgraph.examples.record import Record
from litgraph.examples.written import ANSWER, turns
from litgraph.language_models.chats import Message
from litgraph.ontology import RELATIONS
from litgraph.relations.asking.prompts import PromptStyle, messages, prompt_style

_AS_WRITTEN = ("training", "paper", "paper-listed")


@dataclass(frozen=True, slots=True)
class Asking:
    """How records are asked about.

    Attributes:
        style: system text, thinking and, unless ``as_written``, the wording.
        as_written: the prompts keep their own wording.
    """

    style: PromptStyle
    as_written: bool


def asking(name: str, labels: tuple[str, ...] = (), *, typed: bool = False) -> Asking:
    """How a name such as "training" or "card" says to ask.

    Args:
        name: "training", "paper" and "paper-listed" keep the wording of each prompt, as the paper does when it trains
            and when it measures; "card" and those with a number ("training:4") put every question in one wording.
        labels: what "paper-listed" allows; the vocabulary if there are none.
        typed: print the types of the entities, where the prompts do not keep their wording.

    Raises:
        SettingsError: there is no such style.
    """
    style = prompt_style(name, typed=typed, labels=labels or tuple(RELATIONS))
    return Asking(style, name in _AS_WRITTEN)


def chat_of(record: Record, manner: Asking) -> list[Message]:
    """The turns of the chat that asks a record's question; worked examples are turns of their own.

    Raises:
        DatasetError: the prompt shall be put in other words, and nobody can tell what it asks about.
    """
    if manner.as_written:
        ending = f"\n{ANSWER}" if manner.style.name.startswith("training") else ""
        written = turns(record.prompt)
        chat: list[Message] = [{"role": "system", "content": manner.style.system}]
        for question, label in written.examples:
            chat += [{"role": "user", "content": f"{question}\n{ANSWER}"}, {"role": "assistant", "content": label}]
        return [*chat, {"role": "user", "content": written.question + ending}]
    if record.question is None:
        raise DatasetError(
            f"What this prompt asks about cannot be told from its wording: {record.prompt[:80]!r}.",
            f"Ask it in its own words ({', '.join(_AS_WRITTEN)}).",
        )
    return messages(manner.style, record.question)
