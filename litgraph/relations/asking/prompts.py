"""How a language model is asked about a pair: named, versioned styles. Pure text; no model and no tokeniser.

Three styles ask the same question in the words that the LitTune models have seen:

- ``card``: the model card of ``Despina/SmolLM3-3B-re_littune-0-shot``, word for word.
- ``training``, ``training:1`` … ``training:9``: what its training rows look like (arXiv:2606.22606, data set
  ``Despina/re_littune``): another system text and nine templates that end in ``Answer:``.
- ``paper``, ``paper:1`` … ``paper:9``: what the paper's evaluation asks: the same templates without ``Answer:``, under
  the card's system text; ``paper-listed`` and ``paper-listed:N`` name all allowed labels in the system text.

A style's :attr:`~PromptStyle.version` changes whenever its text does, so that answers to an older text are never taken
for answers to the newer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from litgraph.errors import SettingsError
from litgraph.language_models.chats import Message
from litgraph.ontology import RELATIONS
from litgraph.types import EntityLabel, Pair, Sentence

CARD_SYSTEM = (
    "You are a relation extraction system. Be concise and direct. Output ONLY the relation type that holds between the "
    "two mentioned entities. Do not output any explanation, punctuation, or extra text — only the label."
)
TRAINING_SYSTEM = "You are an expert relation extraction system. Answer with only the relation label."
LISTED_SYSTEM = " You MUST choose exactly one label from this allowed set: {labels}"

CARD_TEMPLATE = "Sentence: {text}\nEntity 1: {one}\nEntity 2: {other}\nRelation:"
TEMPLATES: tuple[str, ...] = (
    'Determine the type of relationship that exists between "{one}" and "{other}" in this sentence:\n"{text}"',
    'What is the relationship between "{one}" and "{other}" in the following sentence:\n"{text}"',
    # The last line of this one is not known; it is written as in the fifth.
    'Extract the semantic relation from the sentence below.\nSentence: "{text}"\nEntities: "{one}", "{other}"',
    'Review the sentence:\n"{text}"\nWhat is the most appropriate relation label for the pair: "{one}" and "{other}"?',
    'Sentence: "{text}"\nEntities: "{one}", "{other}"\n'
    'Question: What is the relationship between "{one}" and "{other}"?',
    'Given the following context:\n"{text}"\nHow is "{one}" related to "{other}"?',
    'Given the sentence:\n"{text}"\nIdentify the relation between:\n- Entity 1: "{one}"\n- Entity 2: "{other}"',
    'In the sentence "{text}", what best describes the relationship between "{one}" and "{other}"?',
    'You are analyzing text for relationships.\nSentence: "{text}"\nEntities: "{one}" and "{other}"\n'
    "What is the semantic relation between them?",
)
"""The nine templates of the training rows, in the order of ``training:1`` to ``training:9``."""

BLOCK_TEMPLATE = 4  # the template, from 0, in which worked examples are put
TYPED_TEMPLATE = 8  # and the one that tells the types of the entities in any case
_ANSWER = "\nAnswer:"
_NOW_YOU = "Now you try:\n"

# What a chat layout takes for its own marks must not come from a book; a space makes it harmless.
_MARKS = re.compile(r"<(?=\||/?think>)")

TYPE_NAMES: dict[EntityLabel, str] = {
    "PER": "PER",
    "FAC": "FAC",
    "GPE": "LOC",  # the data that the models were trained on call a town a location
    "LOC": "LOC",
    "VEH": "VEH",
    "ORG": "ORG",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: how the first entity relates to the second one.

    Attributes:
        text: the sentence or sentences.
        one, other: the two entities as the text calls them.
        one_type, other_type: what they are, such as "PER"; "" if that is not known.
    """

    text: str
    one: str
    other: str
    one_type: str = ""
    other_type: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A worked example: a question with its right label."""

    question: Question
    label: str


@dataclass(frozen=True, slots=True)
class PromptStyle:
    """A way to ask.

    Attributes:
        name: as a user writes it, such as "card" or "training:4".
        version: of the text.
        system: the system text.
        template: the user text, with the fields text, one and other.
        thinking: what the chat layout is told of thinking; None: nothing, so that the layout's own default holds.
        typed: print the type behind every entity: "Carthage [LOC]".
        new_tokens: how long an answer may become at most.
        turns: worked examples become turns of the chat of their own, as in the paper's evaluation, instead of one user
            text, as in the training rows. None: the style knows none.
    """

    name: str
    version: int
    system: str
    template: str
    thinking: bool | None
    typed: bool = False
    new_tokens: int = 16
    turns: bool | None = None

    @property
    def identity(self) -> str:
        """Name, version and whether types are printed, such as "card-1+types": what answers are kept under."""
        return f"{self.name}-{self.version}{'+types' if self.typed else ''}"

    @property
    def text_first(self) -> bool:
        """Whether all questions about one text begin alike, as far as the text goes."""
        return self.template.index("{text}") < self.template.index("{one}")


def prompt_style(name: str, *, typed: bool = False, labels: Iterable[str] = tuple(RELATIONS)) -> PromptStyle:
    """The style of a name.

    >>> prompt_style("card").identity
    'card-1'
    >>> prompt_style("training").name  # the template that puts the text first, and in which examples are put
    'training:5'

    Args:
        name: "card", "training", "paper" or "paper-listed"; the last three also with ":1" to ":9" for the template.
        typed: print the types of the entities.
        labels: those that ``paper-listed`` allows.

    Raises:
        SettingsError: there is no such style.
    """
    kind, colon, number = name.partition(":")
    if name == "card":
        return PromptStyle("card", 1, CARD_SYSTEM, CARD_TEMPLATE, thinking=False, typed=typed)
    if kind not in ("training", "paper", "paper-listed") or (colon and number not in tuple("123456789")):
        raise SettingsError(
            f"prompt_style = {name!r} is no style of prompts.",
            "Write card, training, paper or paper-listed; the last three also as training:1 to training:9.",
        )
    index = int(number) - 1 if colon else BLOCK_TEMPLATE
    name, template = f"{kind}:{index + 1}", TEMPLATES[index]
    typed = typed or index == TYPED_TEMPLATE
    if kind == "training":
        return PromptStyle(name, 1, TRAINING_SYSTEM, template + _ANSWER, None, typed, turns=False)
    system = CARD_SYSTEM
    if kind == "paper-listed":
        system += LISTED_SYSTEM.format(labels=", ".join(sorted(labels)))
    return PromptStyle(name, 1, system, template, False, typed, new_tokens=128, turns=True)


def messages(style: PromptStyle, question: Question, shots: Sequence[Shot] = ()) -> list[Message]:
    """The chat that asks a question; its last turn is the user's.

    Args:
        style: how to ask.
        question: what to ask.
        shots: worked examples that come before it.

    Raises:
        ValueError: the style knows no worked examples (``card``).
    """
    question_text = user_text(style, question)
    chat: list[Message] = [{"role": "system", "content": style.system}]
    if not shots:
        return [*chat, {"role": "user", "content": question_text}]
    if style.turns is None:
        raise ValueError(f"the prompt style {style.name} has no worked examples")
    blocks = [
        (user_text(replace(style, template=TEMPLATES[BLOCK_TEMPLATE] + _ANSWER), s.question), s.label) for s in shots
    ]
    if not style.turns:
        examples = "".join(f"{block} {label}\n\n" for block, label in blocks)
        return [*chat, {"role": "user", "content": examples + _NOW_YOU + question_text}]
    for block, label in blocks:
        chat += [{"role": "user", "content": block}, {"role": "assistant", "content": label}]
    return [*chat, {"role": "user", "content": _NOW_YOU + question_text}]


def user_text(style: PromptStyle, question: Question) -> str:
    """The user's turn of a question, without examples."""
    return style.template.format(
        text=_harmless(question.text),
        one=_entity(question.one, question.one_type, style.typed),
        other=_entity(question.other, question.other_type, style.typed),
    )


def question_of(pair: Pair, text: str) -> Question:
    """The question about a pair, in the order in which most relations run: people before places and what they own.

    Args:
        pair: two mentions.
        text: what the model is to read: the pair's own text, or more of the book around it.
    """
    one, other = (pair.head, pair.tail) if in_text_order(pair) else (pair.tail, pair.head)
    return Question(text, one.text, other.text, TYPE_NAMES[one.label], TYPE_NAMES[other.label])


def in_text_order(pair: Pair) -> bool:
    """Whether the pair's first mention is the question's first entity.

    Nearly all relations of the vocabulary that join a person and something else have the person first, so a person
    who stands later in the text is asked about first; two of a kind stand as in the text.
    """
    return pair.head.label == "PER" or pair.tail.label != "PER"


def surrounding(sentences: Sequence[Sentence], first: int, last: int, size: int) -> tuple[int, int]:
    """The offsets of ``size`` sentences around some sentences, within their chapter; more if they are more already.

    >>> book = [Sentence(index, 10 * index, 10 * index + 9, chapter=1, paragraph=0) for index in range(6)]
    >>> surrounding(book, 2, 2, 3)
    (10, 39)
    >>> surrounding(book, 0, 0, 3)  # nothing stands before, so more of what follows
    (0, 29)

    Args:
        sentences: those of the book, in order; their index is their place.
        first: index of the first sentence that must be in.
        last: index of the last one.
        size: how many there should be, before and after alike, rather before if the number is odd.
    """
    chapter = sentences[first].chapter
    while last - first + 1 < size:
        before = first > 0 and sentences[first - 1].chapter == chapter
        after = last + 1 < len(sentences) and sentences[last + 1].chapter == chapter
        if before:
            first -= 1
        if after and last - first + 1 < size:
            last += 1
        if not before and not after:
            break
    return sentences[first].start, sentences[last].end


def _entity(text: str, entity_type: str, typed: bool) -> str:
    name = _harmless(text)
    return f"{name} [{entity_type}]" if typed and entity_type else name


def _harmless(text: str) -> str:
    return _MARKS.sub("< ", " ".join(text.split()))
