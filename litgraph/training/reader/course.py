"""Training the literary reader: mentions, coreference, speech and relations on one encoder, passage by passage.

Data: LitBank with litgraph's relation layer, later passages of its novels, and passages of other novels, in which it is
annotated whom mentions mean and who speaks (all CC BY 4.0).
"""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import asdict
from functools import partial
from pathlib import Path
from pickle import UnpicklingError  # what torch raises, though it unpickles nothing but weights

import torch
from torch import Tensor, nn

from litgraph.corpora.linked import read_linked, read_novels
from litgraph.corpora.mobility import MobilityPair, read_mobility
from litgraph.corpora.tokens import TokenPassage, read_tokens
from litgraph.errors import ModelError, SettingsError
from litgraph.evaluation.reader_scores import ReaderScores, evaluate_reader
from litgraph.literary.network.model import ReaderNetwork
from litgraph.literary.network.windows import WordPieces
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.storage import load_reader, save_reader, untrained_reader
from litgraph.progress import Progress, silent
from litgraph.training.reader.losses import passage_losses, place_loss
from litgraph.training.reader.opinions import train_opinions
from litgraph.training.reader.places import train_places
from litgraph.training.reader.recipe import Recipe
from litgraph.training.reader.renaming import name_pool, renamed
from litgraph.training.reader.targets import Example, cut, example, place_examples, spatial_weights
from litgraph.training.reader.thresholds import choose_thresholds

CHECKPOINT = "checkpoint.pt"
_SECONDS_APART = 600  # from one checkpoint to the next


def train_reader(
    data: Path,
    base: Path,
    output: Path,
    *,
    recipe: Recipe | None = None,
    progress: Progress = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> ReaderScores:
    """Train a reader, keep the epoch that is best on LitBank's development passages, and write it to ``output``.

    It trains on a CUDA device if there is one. Every ten minutes and after each epoch a checkpoint is written; the same
    call goes on from it after a crash, to the same weights (on a CPU).

    Args:
        data: the folder with ``litbank``, ``litbank_later``, ``novels`` and ``mobility``.
        base: folder of an uncased BERT, such as all-MiniLM-L6-v2.
        output: where the reader goes.
        recipe: how to train.
        progress: told of every passage.
        tell: gets a line about each epoch.

    Returns:
        Scores of the reader that was kept.

    Raises:
        SourceNotFound: the data are not there.
        ModelError: there is no base model, or the checkpoint is damaged or of another network.
        SettingsError: the checkpoint is of another recipe.
    """
    recipe = recipe or Recipe()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tell(f"training on the {'GPU' if device == 'cuda' else 'CPU'}")
    # Whatever is made inside is made on the card. (On the CPU, where it would be made anyway, this costs time.)
    with torch.device(device) if device == "cuda" else nullcontext():
        return _train(data, base, output, recipe, progress, tell)


def _train(
    data: Path, base: Path, output: Path, recipe: Recipe, progress: Progress, tell: Callable[[str], None]
) -> ReaderScores:
    torch.manual_seed(recipe.seed)  # before the heads are made
    reader = untrained_reader(base)
    reader.network.to(torch.get_default_device())
    corpus = Corpus(
        list(read_tokens(data, "train")),
        [*read_linked(data, "litbank_later"), *read_novels(data, "train")],
        read_mobility(data, "train"),
    )
    output.mkdir(parents=True, exist_ok=True)
    course = Course(reader.network, recipe, len(corpus.steps(recipe, 0)))
    reader = LiteraryReader(course.averaged, reader.pieces)  # what is scored and kept
    course.resume(output / CHECKPOINT)
    for epoch in range(course.epoch, recipe.epochs):
        if epoch > course.best_epoch + recipe.patience:  # asked here, so that a resumed training stops there, too
            tell(f"no better for {recipe.patience} epochs; the reader of epoch {course.best_epoch + 1} is kept")
            break
        means = _epoch(course, corpus, reader.pieces, output / CHECKPOINT, progress)
        course.averaged.place_reader.load_state_dict(course.averaged.relations.reader.state_dict())
        scores = evaluate_reader(reader, data, "dev")
        tell(f"epoch {epoch + 1}: losses {means}; {scores.in_words()}")
        if course.is_best(scores.overall, epoch):
            save_reader(reader, output)
        course.begin(epoch + 1)
        course.keep(output / CHECKPOINT)
    kept = load_reader(output)
    train_opinions(kept, corpus.examples(kept.pieces), recipe, progress)
    train_places(kept, corpus.places, recipe, progress)
    tell(f"thresholds: {choose_thresholds(kept, data)}")
    save_reader(kept, output)
    (output / CHECKPOINT).unlink(missing_ok=True)
    return evaluate_reader(load_reader(output), data, "dev")


def _epoch(course: Course, corpus: Corpus, pieces: WordPieces, checkpoint: Path, progress: Progress) -> str:
    """Take the steps of the present epoch that are still to be taken; the mean losses of these in words."""
    recipe, epoch = course.recipe, course.epoch
    losses: defaultdict[str, list[float]] = defaultdict(list)
    steps = corpus.steps(recipe, epoch)[course.taken :]
    course.network.train()
    kept_at = time.monotonic()
    for make in progress(steps, f"epoch {epoch + 1} of {recipe.epochs}", len(steps)):
        parts = make(course.network, pieces, course.generator)
        # A single mention has nothing to be linked to, and teaches nothing.
        parts = {name: value for name, value in parts.items() if value.requires_grad}
        if parts:
            course.step(torch.stack(list(parts.values())).sum())
        for name, value in parts.items():
            losses[name].append(float(value.detach()))
        course.taken += 1
        if time.monotonic() - kept_at >= _SECONDS_APART:
            course.keep(checkpoint)
            kept_at = time.monotonic()
    return ", ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in sorted(losses.items()))


Step = Callable[[ReaderNetwork, WordPieces, torch.Generator], dict[str, Tensor]]


class Corpus:
    """All that the reader learns from.

    Args:
        passages: fully annotated.
        linked: with links, speakers and relations on mentions that a machine tagged.
        places: characters and places.
    """

    def __init__(
        self, passages: Sequence[TokenPassage], linked: Sequence[TokenPassage], places: Sequence[MobilityPair]
    ) -> None:
        self.passages, self.linked, self.places = list(passages), list(linked), places
        self.names = name_pool([*passages, *linked])
        self.weights = spatial_weights(places)

    def examples(self, pieces: WordPieces) -> list[Example]:
        """All passages as they are, for what is trained on the finished encoder."""
        return [
            example(passage, pieces, mentions_annotated=annotated)
            for passages, annotated in ((self.passages, True), (self.linked, False))
            for passage in passages
        ]

    def steps(self, recipe: Recipe, epoch: int) -> list[Step]:
        """The steps of an epoch, in the order in which they are taken; each gives its losses, by head."""
        draw = random.Random(_seed(recipe, epoch))
        steps: list[Step] = []
        for passages, annotated in ((self.passages * recipe.litbank_passes, True), (self.linked, False)):
            for passage in passages:
                if draw.random() < recipe.renamed:
                    passage = renamed(passage, self.names, draw)
                for part in cut(passage, draw, shortest=recipe.shortest, longest=recipe.longest):
                    steps.append(partial(_passage_step, part, annotated, recipe))
        pairs = draw.sample(self.places, len(self.places))
        for begin in range(0, len(pairs), recipe.place_pairs):
            chosen = pairs[begin : begin + recipe.place_pairs]
            steps.append(partial(_place_step, chosen, self.weights, recipe, draw.random()))
        draw.shuffle(steps)
        return steps


def _seed(recipe: Recipe, epoch: int) -> int:
    return recipe.seed * 1000 + epoch


def _passage_step(
    passage: TokenPassage,
    annotated: bool,
    recipe: Recipe,
    network: ReaderNetwork,
    pieces: WordPieces,
    generator: torch.Generator,
) -> dict[str, Tensor]:
    return passage_losses(network, example(passage, pieces, mentions_annotated=annotated), recipe, generator)


def _place_step(
    pairs: Sequence[MobilityPair],
    weights: Tensor,
    recipe: Recipe,
    seed: float,
    network: ReaderNetwork,
    pieces: WordPieces,
    _: torch.Generator,
) -> dict[str, Tensor]:
    questions = place_examples(pairs, pieces, random.Random(seed), hidden=recipe.hidden)
    return {"places": recipe.place_weight * place_loss(network, network.relations.reader, questions, weights)}


class Course:
    """Optimiser, learning rates, the running average of the weights, and checkpoints.

    Attributes:
        averaged: the network with the running average of the weights.
        epoch: the present one.
        taken: steps of it that are taken.
        generator: draws what a step draws.
    """

    def __init__(self, network: ReaderNetwork, recipe: Recipe, steps_of_an_epoch: int) -> None:
        self.network, self.recipe = network, recipe
        self.best, self.best_epoch = -1.0, 0
        self.begin(0)
        # Words that no passage holds keep their place among those that it does.
        network.encoder.bert.embeddings.word_embeddings.weight.requires_grad_(False)
        encoder = [parameter for parameter in network.encoder.bert.parameters() if parameter.requires_grad]
        heads = [parameter for name, parameter in network.named_parameters() if not name.startswith("encoder.bert.")]
        self.optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=recipe.weight_decay,
            fused=True,
        )
        self.averaged = deepcopy(network)
        self._learned = [
            (mean, current)
            for mean, current in zip(self.averaged.parameters(), network.parameters(), strict=True)
            if current.requires_grad
        ]
        self._averages = 0
        steps = max(1, recipe.epochs * steps_of_an_epoch)
        rising = max(1, math.ceil(recipe.warm_up * steps))
        self.rates = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))
        )

    def begin(self, epoch: int) -> None:
        """Begin an epoch."""
        self.epoch, self.taken = epoch, 0
        self.generator = torch.Generator().manual_seed(_seed(self.recipe, epoch))

    def step(self, loss: Tensor) -> None:
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.rates.step()
        self.average()

    @torch.no_grad()
    def average(self) -> None:
        """Take the present weights into the running average, which is of fewer steps while there are few (Polyak and
        Juditsky 1992).
        """
        kept = min(self.recipe.averaging, (1 + self._averages) / (10 + self._averages)) if self._averages else 0.0
        means, current = ([*tensors] for tensors in zip(*self._learned, strict=True))
        torch._foreach_lerp_(means, current, 1 - kept)
        self._averages += 1

    def is_best(self, score: float, epoch: int) -> bool:
        """Whether this is the best epoch so far, which is noted."""
        better = score >= self.best
        if better:
            self.best, self.best_epoch = score, epoch
        return better

    def keep(self, path: Path) -> None:
        """Write a checkpoint."""
        partial = path.with_suffix(".partial")
        state = {
            "recipe": asdict(self.recipe),
            "epoch": self.epoch,
            "taken": self.taken,
            "best": self.best,
            "best_epoch": self.best_epoch,
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "averages": self._averages,
            "optimiser": self.optimiser.state_dict(),
            "rates": self.rates.state_dict(),
            "random": torch.get_rng_state(),
            "generator": self.generator.get_state(),
        }
        torch.save(state, partial)
        partial.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint, if there is one.

        Raises:
            SettingsError: it is of another recipe; hours of training are not thrown away unasked.
            ModelError: it is damaged, or of another network.
        """
        if not path.exists():
            return
        try:
            state = torch.load(path, weights_only=True, map_location=torch.get_default_device())
            if state["recipe"] != asdict(self.recipe):
                raise SettingsError(
                    f"{path} is of a training with another recipe.",
                    "Go on with that recipe, choose another folder, or delete the file to begin again.",
                )
            self.network.load_state_dict(state["network"])
            self.averaged.load_state_dict(state["averaged"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.rates.load_state_dict(state["rates"])
            torch.set_rng_state(state["random"].cpu())
            self.generator.set_state(state["generator"].cpu())
            self.epoch, self.taken, self._averages = state["epoch"], state["taken"], state["averages"]
            self.best, self.best_epoch = state["best"], state["best_epoch"]
        except (OSError, EOFError, UnpicklingError, RuntimeError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{path} cannot be taken up: {error}", "Delete the file to begin the training again."
            ) from error
