"""More relation heads on the finished encoder: two who read the same and judge by themselves are right more often.

Each is trained alone, from another start and in another order (an ensemble, Lakshminarayanan, Pritzel & Blundell 2017).
The encoder stays as it is, so that it encodes every passage once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from litgraph.literary.network.heads import RelationHead, Words
from litgraph.literary.reader import LiteraryReader
from litgraph.progress import Progress, silent
from litgraph.training.reader.losses import encoded, relation_loss
from litgraph.training.reader.recipe import Recipe
from litgraph.training.reader.targets import Example, relation_examples

_DROPPED = 0.1  # of what the encoder says, as in the relation head's own layers


def train_opinions(
    reader: LiteraryReader, examples: Sequence[Example], recipe: Recipe, progress: Progress = silent
) -> None:
    """Give a trained reader the relation heads that the recipe asks for; those it had are replaced.

    Args:
        reader: trained; its encoder and other heads stay as they are.
        examples: passages with relations.
        recipe: how many heads, and how they are trained.
        progress: told of every passage.
    """
    network = reader.network
    network.opinions = nn.ModuleList()
    if not recipe.opinions:
        return
    with torch.no_grad():
        states = [encoded(network, passage.windows).bfloat16() for passage in examples]
    for number in range(recipe.opinions):
        head = _trained(list(zip(examples, states, strict=True)), recipe, number, progress)
        network.opinions.append(head.eval())


def _trained(
    passages: Sequence[tuple[Example, Tensor]], recipe: Recipe, number: int, progress: Progress
) -> RelationHead:
    seed = recipe.seed * 1000 + 900 + number
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    head = RelationHead(passages[0][1].shape[1])
    optimiser = torch.optim.AdamW(head.parameters(), lr=recipe.head_rate, weight_decay=recipe.weight_decay, fused=True)
    steps = recipe.opinion_epochs * len(passages)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / steps))
    draw = random.Random(seed)
    order = [passage for _ in range(recipe.opinion_epochs) for passage in draw.sample(passages, len(passages))]
    for passage, states in progress(order, f"opinion {number + 1} of {recipe.opinions}", len(order)):
        pairs = relation_examples(passage, recipe.negatives, generator)
        if not len(pairs[0]):
            continue
        words = Words.from_states(functional.dropout(states.float(), _DROPPED))
        loss = relation_loss(head, passage.table, words, pairs, recipe.label_weight)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimiser.step()
        rates.step()
    return head
