"""Where a trained reader should say yes, and how sure it may be, found on the development passages and pairs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from litgraph.corpora.mobility import MobilityPair, read_mobility
from litgraph.corpora.tokens import TokenPassage, read_tokens
from litgraph.evaluation.reader_scores import LitBankScores, evaluate_litbank, given_mention
from litgraph.literary.network.features import in_text_order
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.types import Thresholds
from litgraph.training.reader.targets import NO_RELATION, example, relation_examples

_MENTION = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_NAME_AGAIN = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
_LINK = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
_RELATION = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
_FACT = (0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.25, 0.3, 0.35)
_SMALL_WEIGHTS = 1e-4  # what keeps a regression finite where the answers can be told apart without an error
_TEMPERATURES = (0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0)


def choose_thresholds(reader: LiteraryReader, data: Path) -> Thresholds:
    """Thresholds for a trained reader; it has them afterwards.

    First what makes probabilities of scores (temperatures, Guo et al. 2017, and for being related a shift too, Platt
    1999), then where to say yes: what is best on the development passages, one threshold after the other.

    Args:
        reader: trained.
        data: the folder with ``litbank`` and ``mobility``.

    Raises:
        SourceNotFound: the data are not there.
    """
    reader.thresholds = Thresholds()
    related, labels, classes = _relation_scores(reader, read_tokens(data, "dev"))
    positive = classes != NO_RELATION
    scale, shift = _platt(related, positive)
    label_temperature = _best(
        _TEMPERATURES, lambda value: -float(functional.cross_entropy(labels[positive] / value, classes[positive]))
    )
    probabilities = (related * scale + shift).sigmoid()
    reader.thresholds = Thresholds(
        worth_asking=_passing(probabilities, positive, share=0.95),
        relation=_best(_RELATION, lambda value: _f1(probabilities > value, positive)),
        relation_temperature=1 / scale,
        relation_shift=shift,
        label_temperature=label_temperature,
    )

    def choose(name: str, values: Iterable[float], goodness: Callable[[LitBankScores], float]) -> None:
        before = reader.thresholds

        def measured(value: float) -> float:
            reader.thresholds = replace(before, **{name: value})
            return goodness(evaluate_litbank(reader, data, "dev"))

        reader.thresholds = replace(before, **{name: _best(values, measured)})

    choose("mention_temperature", _TEMPERATURES, lambda scores: -scores.mention_calibration)
    choose("mention", _MENTION, lambda scores: scores.mentions["all"].f1)
    choose("name_again", _NAME_AGAIN, lambda scores: scores.mentions["names"].f1 + scores.mentions["all"].f1)
    choose("link", _LINK, lambda scores: scores.linked_gold.conll + scores.linked_found.conll)
    choose("fact", _FACT, lambda scores: scores.related_gold.pairs.f1 + scores.related_gold.facts.f1)
    reader.thresholds = replace(reader.thresholds, **_place_weights(reader, read_mobility(data, "dev")))
    return reader.thresholds


def _place_weights(reader: LiteraryReader, pairs: Sequence[MobilityPair]) -> dict[str, float]:
    """How much each opinion of a pair's validity counts; each pair is asked in its nearer and its wider context."""
    evidence, _ = reader.raw_places([context for pair in pairs for context in (pair.near, pair.middle)])
    truth = torch.tensor([pair.valid for pair in pairs for _ in range(2)])
    names = ("place_scale", "place_person", "place_site", "place_shift")
    return dict(zip(names, _logistic(evidence, truth), strict=True))


def _best(values: Iterable[float], goodness: Callable[[float], float]) -> float:
    return max(values, key=goodness)


def _f1(found: Tensor, true: Tensor) -> float:
    return 2 * int((found & true).sum()) / max(1, int(found.sum()) + int(true.sum()))


def _passing(probabilities: Tensor, true: Tensor, *, share: float) -> float:
    """The highest threshold, to four decimals, that at least this share of what is true reaches."""
    right = probabilities[true].sort().values
    lost = int(len(right) * (1 - share))
    return math.floor(float(right[lost]) * 1e4) / 1e4 if len(right) else 0.0


def _relation_scores(reader: LiteraryReader, passages: Iterable[TokenPassage]) -> tuple[Tensor, Tensor, Tensor]:
    """Raw scores of all pairs of neighbouring mentions of different entities, and their true classes."""
    related, labels, classes = [], [], []
    for passage in passages:
        passage_example = example(passage, reader.pieces, mentions_annotated=True)
        earlier, later, truth = relation_examples(passage_example, 1.0, torch.Generator())
        mentions = in_text_order([given_mention(mention) for mention in passage.mentions])
        pairs = [(mentions[i], mentions[j]) for i, j in zip(earlier.tolist(), later.tolist(), strict=True)]
        one, other = reader.raw_scores(passage.sentences, pairs)
        related.append(one)
        labels.append(other)
        classes.append(truth)
    return torch.cat(related), torch.cat(labels), torch.cat(classes)


def _platt(scores: Tensor, truth: Tensor) -> tuple[float, float]:
    """Scale and shift that make the scores of yes-or-no answers likeliest (Platt 1999)."""
    scale, shift = _logistic(scores[:, None], truth)
    return max(0.05, scale), shift


def _logistic(features: Tensor, truth: Tensor) -> list[float]:
    """Weights and, last, the shift of the logistic regression of yes-or-no answers on features, (answers, features)."""
    fit = torch.tensor([1.0] + [0.0] * features.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([fit], max_iter=100)

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(features @ fit[:-1] + fit[-1], truth.float())
        value = value + _SMALL_WEIGHTS * (fit[:-1] ** 2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    weights: list[float] = fit.tolist()
    return weights
