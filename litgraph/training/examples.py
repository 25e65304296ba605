"""Annotated passages as the training of the literary reader wants them: tables, targets, pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from litgraph.evaluation.tokens import TokenPassage
from litgraph.literary.features import (
    FORMS,
    NO_RELATION,
    RELATIONS,
    MentionTable,
    in_text_order,
    mention_table,
    neighbours,
    relation_class,
)
from litgraph.literary.types import TokenMention
from litgraph.literary.windows import Window, WordPieces, windows
from litgraph.types import ENTITY_LABELS, MentionForm

_PRONOUNS = frozenset(
    "i me my mine you your yours he him his she her hers it its we us our ours they them their theirs who whom whose "
    "which that myself yourself himself herself itself ourselves themselves thou thee thy".split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, ready for a step.

    Attributes:
        windows: of its sentences.
        mentions: in text order; ``table`` holds them as tensors.
        chains: for each mention the number of its coreference chain; None where the annotation has none.
        entities: for each mention the number of its entity, for relations.
        relations: (earlier mention, later mention) -> class of the relation head.
        fully_annotated: mentions and coreference were annotated by people, not tagged by a machine.
    """

    windows: list[Window]
    table: MentionTable
    chains: Tensor | None
    entities: Tensor
    relations: dict[tuple[int, int], int]
    fully_annotated: bool


def example(passage: TokenPassage, pieces: WordPieces, *, fully_annotated: bool) -> Example:
    """A passage as an example."""
    gold = {
        TokenMention(
            mention.sentence,
            mention.first,
            mention.last,
            mention.label,
            mention.form or _likely_form(passage.sentences[mention.sentence][mention.first : mention.last + 1]),
        ): mention
        for mention in passage.mentions
    }
    mentions = in_text_order(list(gold))
    place = {gold[mention].id: index for index, mention in enumerate(mentions)}
    chain = [gold[m].id if gold[m].described or not fully_annotated else gold[m].entity for m in mentions]
    entity = [gold[m].entity or gold[m].id for m in mentions]
    return Example(
        windows=list(windows(passage.sentences, pieces)),
        table=mention_table(passage.sentences, mentions),
        chains=_numbers(chain) if fully_annotated else None,
        entities=_numbers(entity),
        relations={
            (min(head, tail), max(head, tail)): relation_class(relation.relation, head_is_earlier=head < tail)
            for relation in passage.relations
            for head, tail in ((place.get(relation.head, -1), place.get(relation.tail, -1)),)
            if relation.relation in RELATIONS and head != tail and min(head, tail) >= 0
        },
        fully_annotated=fully_annotated,
    )


def relation_examples(passage: Example, negatives: float, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Pairs of mentions of different entities and their classes: (earlier, later, class).

    All pairs of one sentence, all that are related, and a share of the unrelated ones of neighbouring sentences.

    Args:
        passage: the example.
        negatives: that share, 0 to 1.
        generator: draws them.
    """
    earlier, later = neighbours(passage.table, sentences=1)
    different = passage.entities[earlier] != passage.entities[later]
    if not passage.fully_annotated:  # two mentions of one wording may be one entity, and nobody has said so
        different &= passage.table.wording[earlier] != passage.table.wording[later]
    near = passage.table.sentence[earlier] == passage.table.sentence[later]
    drawn = torch.rand(len(earlier), generator=generator) < negatives
    known = set(passage.relations)
    kept = [pair for pair in _pairs(earlier, later, different & (near | drawn)) if pair not in known]
    classes = [NO_RELATION] * len(kept) + list(passage.relations.values())
    pairs = torch.tensor([*kept, *passage.relations], dtype=torch.long).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1], torch.tensor(classes, dtype=torch.long)


def mention_targets(passage: Example) -> tuple[Tensor, list[tuple[int, int, int]], Tensor]:
    """Where the mentions stand in the windows.

    Returns:
        Targets of the mention head, (windows, labels, words as first, words as last), 0 or 1; for each mention that
        fits into a window (window, first word, last word); and the numbers of their forms.
    """
    most = max(len(window.first) for window in passage.windows)
    targets = torch.zeros(len(passage.windows), len(ENTITY_LABELS), most, most)
    window_of: list[tuple[int, int]] = [
        (number, index) for number, window in enumerate(passage.windows) for index in range(len(window.first))
    ]
    places: list[tuple[int, int, int]] = []
    forms: list[int] = []
    columns = (passage.table.start, passage.table.end, passage.table.label, passage.table.form)
    for start, end, label, form in zip(*(column.tolist() for column in columns), strict=True):
        (window, first), (other, last) = window_of[start], window_of[end - 1]
        if window == other:
            targets[window, label, first, last] = 1
            places.append((window, first, last))
            forms.append(form)
    return targets, places, torch.tensor(forms, dtype=torch.long)


def _likely_form(words: Sequence[str]) -> MentionForm:
    """The form of a mention whose annotation does not tell it."""
    if len(words) == 1 and words[0].casefold() in _PRONOUNS:
        return FORMS[2]
    return FORMS[0] if words[-1][:1].isupper() else FORMS[1]


def _numbers(names: Sequence[str]) -> Tensor:
    numbers: dict[str, int] = {}
    return torch.tensor([numbers.setdefault(name, len(numbers)) for name in names], dtype=torch.long)


def _pairs(earlier: Tensor, later: Tensor, kept: Tensor) -> list[tuple[int, int]]:
    return list(zip(earlier[kept].tolist(), later[kept].tolist(), strict=True))
