"""What the reader is to be taught by a passage: one loss a head."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from litgraph.literary.links import REACH
from litgraph.literary.network.features import (
    AntecedentPairs,
    MentionTable,
    antecedent_features,
    antecedent_pairs,
    relation_pairs,
)
from litgraph.literary.network.heads import NO_MENTION, PairReader, RelationHead, Words
from litgraph.literary.network.model import ReaderNetwork
from litgraph.literary.network.speech import SpeechHead
from litgraph.literary.network.windows import Window
from litgraph.literary.places import spaced_words
from litgraph.training.reader.recipe import Recipe
from litgraph.training.reader.targets import (
    NO_RELATION,
    Example,
    PlaceExamples,
    SpeechExample,
    mention_targets,
    relation_examples,
)

_NEVER = -1e9


def passage_losses(
    network: ReaderNetwork, passage: Example, recipe: Recipe, generator: torch.Generator
) -> dict[str, Tensor]:
    """The losses of one passage, by head."""
    words = Words.from_states(encoded(network, passage.windows))
    losses: dict[str, Tensor] = {}
    if passage.mentions_annotated and len(passage.table):
        sentence = torch.tensor([number for window in passage.windows for number in window.sentence])
        losses["mentions"] = mention_loss(network, passage, words.states, sentence, recipe.form_weight)
    if passage.linked.any():
        losses["coreference"] = coreference_loss(network, passage, words)
    if passage.speech is not None and passage.speech.asked.any():
        losses["speech"] = recipe.speech_weight * speech_loss(network.speech, passage.table, words, passage.speech)
    pairs = relation_examples(passage, recipe.negatives, generator)
    if len(pairs[0]):
        losses["relations"] = relation_loss(network.relations, passage.table, words, pairs, recipe.label_weight)
    return losses


def encoded(network: ReaderNetwork, windows: Sequence[Window]) -> Tensor:
    """The words of some windows, in half precision inside, for speed."""
    with torch.autocast(torch.get_default_device().type, torch.bfloat16):
        states: Tensor = network.encoder(windows)
    return states.float()


def mention_loss(
    network: ReaderNetwork, passage: Example, states: Tensor, sentence: Tensor, form_weight: float
) -> Tensor:
    """Each span's label and each mention's form (cross-entropies); the labels' sum counts against the mentions.

    Spans that begin or end as no mention does are left out, as they are when a text is read.
    """
    scores = network.mentions(states, sentence, *passage.ends)
    labels, forms = mention_targets(passage, scores.start, scores.end)
    count = max(1, int((labels != NO_MENTION).sum()))
    loss = functional.cross_entropy(scores.labels, labels, reduction="sum") / count
    return loss + form_weight * functional.cross_entropy(scores.forms, forms, reduction="sum") / count


def coreference_loss(network: ReaderNetwork, passage: Example, words: Words) -> Tensor:
    """Each mention's probability mass must lie on its true antecedents, or on none (Lee et al. 2017).

    The quick score, which only chooses antecedents, is asked for the same.
    """
    table, chains, asked = passage.table, passage.chains, passage.linked
    pairs = antecedent_pairs(table, 0, len(table), reach=REACH)
    spans = network.coreference.spans(words, table.start, table.end)
    same = chains[pairs.later] == chains[pairs.earlier]
    scores = network.coreference(spans, pairs, antecedent_features(table, pairs))
    return _antecedent_loss(scores, pairs, same, asked) + 0.1 * _antecedent_loss(
        network.coreference.quick(spans, pairs), pairs, same, asked
    )


def _antecedent_loss(scores: Tensor, pairs: AntecedentPairs, same: Tensor, asked: Tensor) -> Tensor:
    mentions = len(asked)
    everything = scores.new_full((mentions, REACH + 1), _NEVER)
    everything[:, 0] = 0
    everything[pairs.later, pairs.later - pairs.earlier] = scores
    true = scores.new_full((mentions, REACH + 1), _NEVER)
    true[pairs.later, pairs.later - pairs.earlier] = torch.where(same, scores, scores.new_tensor(_NEVER))
    has_antecedent = torch.zeros(mentions, dtype=torch.bool).index_fill(0, pairs.later[same], True)
    true[:, 0] = torch.where(has_antecedent, _NEVER, 0.0)
    return (torch.logsumexp(everything, 1) - torch.logsumexp(true, 1))[asked].mean()


def speech_loss(head: SpeechHead, table: MentionTable, words: Words, speech: SpeechExample) -> Tensor:
    """Each quotation's probability mass must lie on what points to its speaker; for hearers half of that counts, for
    fewer words tell them.

    The mentions are asked for by themselves, too, for the turns of a dialogue lead nowhere if none is found.
    """
    scores = head(words, table, speech.table, speech.to)
    mentions = speech.to.mentions.shape[1]
    missed = _missed(scores, speech.right, speech.asked)
    named = speech.right[:, :mentions].any(1) & speech.asked
    missed = missed + _missed(scores[:, :mentions], speech.right[:, :mentions], named)
    return (missed / 2 * torch.tensor([1.0, 0.5])).sum()


def _missed(scores: Tensor, right: Tensor, asked: Tensor) -> Tensor:
    """The mean negative log probability of what is right, (2,), over the quotations that are asked for it."""
    everything = torch.logsumexp(scores.clamp(min=_NEVER), 1)
    missed = everything - torch.logsumexp(scores.clamp(min=_NEVER).masked_fill(~right, _NEVER), 1)
    return torch.where(asked, missed, 0.0).sum(0) / asked.sum(0).clamp(min=1)


def relation_loss(
    head: RelationHead,
    table: MentionTable,
    words: Words,
    examples: tuple[Tensor, Tensor, Tensor],
    label_weight: float,
) -> Tensor:
    """Whether each pair is related, and for those that are, how."""
    earlier, later, classes = examples
    related, labels = head(head.reader.view(words, table), relation_pairs(table, earlier, later))
    positive = classes != NO_RELATION
    loss = functional.binary_cross_entropy_with_logits(related, positive.float())
    if positive.any():
        loss = loss + label_weight * functional.cross_entropy(labels[positive], classes[positive])
    return loss


def place_loss(
    network: ReaderNetwork, reader: PairReader, questions: PlaceExamples, weights: Tensor, *, frozen: bool = False
) -> Tensor:
    """Whether each pair is a character and a place, and for those that are, how the one stands to the other.

    Args:
        network: asked.
        reader: reads the pairs.
        questions: the pairs.
        weights: of the spatial relations, (6,); the rare ones count more, or the network would never say them.
        frozen: the encoder learns nothing.
    """
    question = questions.question
    with torch.set_grad_enabled(not frozen):
        states = encoded(network, question.windows)
    words = spaced_words(question, states)
    pairs = relation_pairs(question.table, question.earlier, question.later)
    valid, spatial = network.places(reader(reader.view(words, question.table), pairs))
    loss = functional.binary_cross_entropy_with_logits(valid, questions.valid)
    known = (questions.spatial >= 0).sum().clamp(min=1)
    return loss + functional.cross_entropy(spatial, questions.spatial, weight=weights, reduction="sum") / known
