"""Prompts as text: what an existing one asks about, and how a long one is made shorter without losing the question.

The rows of ``Despina/re_littune`` hold nothing but the prompt. The nine templates of
:mod:`litgraph.relations.asking.prompts` are turned round to read text and entities off it; the third one, whose end is
known in part only, by its beginning.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from litgraph.relations.asking.prompts import CARD_TEMPLATE, TEMPLATES, Question

ANSWER = "Answer:"
NOW_YOU_TRY = "Now you try:"

_TYPED = re.compile(r"\s*\[([A-Z]{2,6})\]\s*\Z")
_BLOCK = re.compile(r"(?P<asked>.+?)\n[ \t]*Answer:[ \t]*(?P<label>[^\n]*)(?:\n\s*\n|\s*\Z)", re.DOTALL)
# The pair of the third template, however it goes on: the last two stretches in quotes.
_QUOTED = re.compile(r'"([^"\n]+)"')
_THIRD = re.compile(
    r'Extract the semantic relation from the sentence below\.\s*Sentence:\s*"(?P<text>.*)"(?P<rest>.*)\Z', re.S
)


class Written(NamedTuple):
    """A prompt in its turns.

    Attributes:
        examples: worked examples, each the question (without "Answer:") and its label.
        question: the question itself, without "Answer:".
    """

    examples: tuple[tuple[str, str], ...]
    question: str


def turns(prompt: str) -> Written:
    """The worked examples of a k-shot prompt and its question; a prompt without examples is all question."""
    before, mark, question = prompt.rpartition(NOW_YOU_TRY)
    if not mark:
        return Written((), without_answer(prompt))
    examples = tuple((found["asked"].strip(), found["label"].strip()) for found in _BLOCK.finditer(before.strip()))
    return Written(tuple(pair for pair in examples if pair[1]), without_answer(question))


def without_answer(text: str) -> str:
    """A question without the "Answer:" at its end."""
    text = text.strip()
    return text.removesuffix(ANSWER).rstrip() if text.endswith(ANSWER) else text


def parts_of(prompt: str) -> Question | None:
    """The text and the entities that a prompt in one of the known wordings asks about; None for any other wording.

    Types behind the entities ("Elizabeth [PER]") are told apart from them.
    """
    question = turns(prompt).question
    if wording := _wording_of(question):
        _, parts = wording
        return _question(parts["text"], parts["one"], parts["other"])
    if third := _THIRD.match(question):
        quoted = _QUOTED.findall(question)
        if len(quoted) >= 2:
            text = third["text"].partition('"\n')[0]
            return _question(text, quoted[-2], quoted[-1])
    return None


def swapped(prompt: str) -> str | None:
    """The same question with the two entities in the other order; None if nobody can tell where they stand."""
    question = turns(prompt).question
    wording = _wording_of(question)
    if wording is None:
        return None
    template, found = wording
    turned = template.format(text=found["text"], one=found["other"], other=found["one"])
    before, _, after = prompt.rpartition(question)
    return f"{before}{turned}{after}"


def _wording_of(question: str) -> tuple[str, re.Match[str]] | None:
    """The wording of a question, and its parts."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(question):
            return template, found
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each template as a pattern. A field that occurs again must say the same again."""
    return tuple((template, re.compile(_pattern(template), re.DOTALL)) for template in (*TEMPLATES, CARD_TEMPLATE))


def _pattern(template: str) -> str:
    pattern, seen = "", set()
    for part in re.split(r"(\{\w+\})", template):
        name = part[1:-1]
        if not part.startswith("{"):
            pattern += re.escape(part)
        elif name in seen:
            pattern += f"(?P={name})"
        else:
            seen.add(name)
            pattern += f"(?P<{name}>.*)" if name == "text" else f"(?P<{name}>[^\\n]*?)"
    return pattern


def _question(text: str, one: str, other: str) -> Question:
    (one, one_type), (other, other_type) = _untyped(one), _untyped(other)
    return Question(text.strip(), one, other, one_type, other_type)


def _untyped(entity: str) -> tuple[str, str]:
    found = _TYPED.search(entity)
    return (entity[: found.start()].strip(), found[1]) if found else (entity.strip(), "")
