"""Training the literary reader: mentions, coreference and relations on one encoder, passage by passage.

Data: LitBank with litgraph's relation layer, and its later passages for relations alone (both CC BY 4.0).
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from litgraph.errors import SettingsError
from litgraph.evaluation.reader import LitBankScores, evaluate_litbank
from litgraph.evaluation.tokens import read_later, read_tokens
from litgraph.literary.features import antecedent_pairs, relation_pairs
from litgraph.literary.network import ReaderNetwork, Words
from litgraph.literary.reader import REACH, possible_spans
from litgraph.literary.storage import load_reader, save_reader, untrained_reader
from litgraph.progress import Progress, silent
from litgraph.training.examples import Example, example, mention_targets, relation_examples

CHECKPOINT = "checkpoint.pt"
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the reader is trained; every value can be set in a TOML file.

    Attributes:
        epochs: passes over the passages.
        encoder_rate, head_rate: highest learning rates, after a warm-up and falling linearly to 0.
        warm_up: share of the steps in which the rates rise.
        weight_decay: of AdamW.
        negatives: share of the unrelated pairs of neighbouring sentences that is trained on.
        form_weight: weight of the mention forms beside the mentions themselves.
        seed: of everything that is drawn.
        later_passages: train relations on the machine-tagged later passages too.
    """

    epochs: int = 8
    encoder_rate: float = 1.5e-4
    head_rate: float = 8e-4
    warm_up: float = 0.05
    weight_decay: float = 0.01
    negatives: float = 0.25
    form_weight: float = 0.5
    seed: int = 1
    later_passages: bool = True


def recipe_from(values: dict[str, Any]) -> Recipe:
    """A recipe with some values changed. Raises SettingsError for one that there is not, or that is of another type."""
    usual = asdict(Recipe())
    for name, value in values.items():
        if name not in usual:
            raise SettingsError(f"The recipe has no value {name!r}.", f"Known are {', '.join(usual)}.")
        if type(value) is not type(usual[name]):
            raise SettingsError(f"{name} = {value!r} is not of the right type.", f"Write it as in {usual[name]!r}.")
    return Recipe(**values)


def train_reader(
    data: Path,
    base: Path,
    output: Path,
    *,
    recipe: Recipe | None = None,
    progress: Progress = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> LitBankScores:
    """Train a reader, keep the epoch that is best on LitBank's development passages, and write it to ``output``.

    After each epoch a checkpoint is written; the same call goes on from it after a crash.

    Args:
        data: the folder with ``litbank`` and ``litbank_later``.
        base: folder of an uncased BERT, such as all-MiniLM-L6-v2.
        output: where the reader goes.
        recipe: how to train.
        progress: told of every passage.
        tell: gets a line about each epoch.

    Returns:
        Scores of the reader that was kept.

    Raises:
        SourceNotFound: the data are not there.
        ModelError: there is no base model.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)  # before the heads are made
    reader = untrained_reader(base)
    passages = [example(passage, reader.pieces, fully_annotated=True) for passage in read_tokens(data, "train")]
    if recipe.later_passages:
        passages += [example(passage, reader.pieces, fully_annotated=False) for passage in read_later(data)]
    output.mkdir(parents=True, exist_ok=True)
    course = _Course(reader.network, recipe, len(passages))
    best = course.resume(output / CHECKPOINT)
    for epoch in range(course.epoch, recipe.epochs):
        order = list(range(len(passages)))
        random.Random(recipe.seed * 1000 + epoch).shuffle(order)
        losses: defaultdict[str, list[float]] = defaultdict(list)
        generator = torch.Generator().manual_seed(recipe.seed * 1000 + epoch)
        reader.network.train()
        for index in progress(order, f"epoch {epoch + 1} of {recipe.epochs}", len(order)):
            parts = passage_losses(reader.network, passages[index], recipe, generator)
            course.step(torch.stack(list(parts.values())).sum())
            for name, value in parts.items():
                losses[name].append(float(value.detach()))
        reader.network.eval()
        scores = evaluate_litbank(reader, data, "dev")
        means = ", ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in losses.items())
        tell(f"epoch {epoch + 1}: losses {means}; {scores.in_words()}")
        if best is None or scores.overall >= best:
            best = scores.overall
            save_reader(reader, output)
        course.keep(output / CHECKPOINT, epoch + 1, best)
    (output / CHECKPOINT).unlink(missing_ok=True)
    return evaluate_litbank(load_reader(output), data, "dev")


def passage_losses(
    network: ReaderNetwork, passage: Example, recipe: Recipe, generator: torch.Generator
) -> dict[str, Tensor]:
    """The losses of one passage, by head."""
    with torch.autocast("cpu", torch.bfloat16):
        states = network.encoder(passage.windows)
    states = states.float()
    words = Words.of(
        torch.cat([rows[: len(window.first)] for rows, window in zip(states, passage.windows, strict=True)])
    )
    losses: dict[str, Tensor] = {}
    if passage.fully_annotated and len(passage.table):
        losses["mentions"] = mention_loss(network, passage, states, recipe.form_weight)
        losses["coreference"] = coreference_loss(network, passage, words)
    earlier, later, classes = relation_examples(passage, recipe.negatives, generator)
    if len(classes):
        pairs = relation_pairs(passage.table, earlier, later)
        scores = network.relations.relation(network.relations.pair_states(words, passage.table, pairs))
        losses["relations"] = functional.cross_entropy(scores, classes)
    return losses


def mention_loss(network: ReaderNetwork, passage: Example, states: Tensor, form_weight: float) -> Tensor:
    """Every mention's span must score above 0 and every other below (the loss of Su et al. 2022), and its form fit."""
    targets, places, forms = mention_targets(passage)
    scores = network.mentions(states)
    possible = possible_spans(passage.windows)[:, None].expand_as(scores)
    zero = scores.new_zeros(*scores.shape[:2], 1)
    wrong = scores.masked_fill((targets > 0) | ~possible, _NEVER).flatten(2)
    right = (-scores).masked_fill(targets == 0, _NEVER).flatten(2)
    spans = torch.logsumexp(torch.cat([wrong, zero], -1), -1) + torch.logsumexp(torch.cat([right, zero], -1), -1)
    window, first, last = torch.tensor(places).unbind(1)
    guessed = network.mentions.forms(states[window, first], states[window, last])
    return spans.mean() + form_weight * functional.cross_entropy(guessed, forms)


def coreference_loss(network: ReaderNetwork, passage: Example, words: Words) -> Tensor:
    """Each mention's probability mass must lie on its true antecedents, or on none (Lee et al. 2017)."""
    table, chains = passage.table, passage.chains
    assert chains is not None
    pairs = antecedent_pairs(table, 0, len(table), reach=REACH)
    spans = network.coreference.spans(words, table.start, table.end)
    scores = network.coreference(spans, pairs)
    same = chains[pairs.later] == chains[pairs.earlier]
    everything = scores.new_full((len(table), REACH + 1), _NEVER)
    everything[:, 0] = 0
    everything[pairs.later, pairs.later - pairs.earlier] = scores
    true = scores.new_full((len(table), REACH + 1), _NEVER)
    true[pairs.later, pairs.later - pairs.earlier] = torch.where(same, scores, scores.new_tensor(_NEVER))
    has_antecedent = torch.zeros(len(table), dtype=torch.bool).index_fill(0, pairs.later[same], True)
    true[:, 0] = torch.where(has_antecedent, _NEVER, 0.0)
    return (torch.logsumexp(everything, 1) - torch.logsumexp(true, 1)).mean()


class _Course:
    """Optimiser, learning rates and checkpoints."""

    def __init__(self, network: ReaderNetwork, recipe: Recipe, passages: int) -> None:
        self.network, self.recipe, self.epoch = network, recipe, 0
        encoder = list(network.encoder.bert.parameters())
        heads = [parameter for name, parameter in network.named_parameters() if not name.startswith("encoder.bert.")]
        self.optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=recipe.weight_decay,
        )
        steps = max(1, recipe.epochs * passages)
        rising = max(1, math.ceil(recipe.warm_up * steps))
        self.rates = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))
        )

    def step(self, loss: Tensor) -> None:
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.rates.step()

    def keep(self, path: Path, epoch: int, best: float) -> None:
        partial = path.with_suffix(".partial")
        state = {
            "recipe": asdict(self.recipe),
            "epoch": epoch,
            "best": best,
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "rates": self.rates.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(state, partial)
        partial.replace(path)

    def resume(self, path: Path) -> float | None:
        """Go on from a checkpoint of the same recipe, if there is one; gives the best score so far."""
        if not path.exists():
            return None
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            return None
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.rates.load_state_dict(state["rates"])
        torch.set_rng_state(state["random"])
        self.epoch = state["epoch"]
        return float(state["best"])
