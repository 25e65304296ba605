"""Characters and places on the finished encoder: a reader of pairs of their own, which begins as that of relations.

Trained together with everything else, 1,754 pairs see the encoder too seldom; afterwards they cost little.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import nn

from litgraph.corpora.mobility import MobilityPair
from litgraph.literary.reader import LiteraryReader
from litgraph.progress import Progress, silent
from litgraph.training.reader.losses import place_loss
from litgraph.training.reader.recipe import Recipe
from litgraph.training.reader.targets import place_examples, spatial_weights


def train_places(
    reader: LiteraryReader, pairs: Sequence[MobilityPair], recipe: Recipe, progress: Progress = silent
) -> None:
    """Train a reader's place head, with a pair reader of its own; the encoder and all other heads stay as they are.

    Args:
        reader: trained.
        pairs: of characters and places.
        recipe: how many passes over them, and how they are trained.
        progress: told of every step.
    """
    network = reader.network
    network.place_reader.load_state_dict(network.relations.reader.state_dict())
    if not recipe.place_epochs or not pairs:
        return
    seed = recipe.seed * 1000 + 800
    torch.manual_seed(seed)
    draw = random.Random(seed)
    learned = [*network.place_reader.parameters(), *network.places.parameters()]
    optimiser = torch.optim.AdamW(learned, lr=recipe.head_rate / 2, weight_decay=recipe.weight_decay, fused=True)
    weights = spatial_weights(pairs)
    batches = [
        order[begin : begin + recipe.place_pairs]
        for order in (draw.sample(pairs, len(pairs)) for _ in range(recipe.place_epochs))
        for begin in range(0, len(order), recipe.place_pairs)
    ]
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / len(batches)))
    for part in (network.place_reader, network.places):
        part.train()
    for batch in progress(batches, "characters and places", len(batches)):
        questions = place_examples(batch, reader.pieces, draw, hidden=recipe.hidden)
        loss = place_loss(network, network.place_reader, questions, weights, frozen=True)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        rates.step()
    network.eval()
