"""More relation heads on a finished encoder: they learn, they are kept, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph.corpora.tokens import TokenPassage
from litgraph.errors import SettingsError
from litgraph.evaluation.reader_scores import given_mention
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.storage import load_reader, save_reader, untrained_reader
from litgraph.training.reader.opinions import train_opinions
from litgraph.training.reader.recipe import Recipe
from litgraph.training.reader.targets import example


@pytest.fixture()
def reader(tiny_base: Path) -> LiteraryReader:
    torch.manual_seed(5)
    return untrained_reader(tiny_base)


def test_opinions_learn_what_the_passage_says(reader: LiteraryReader, passage: TokenPassage) -> None:
    _, sister, her, she, hartfield = [given_mention(mention) for mention in passage.mentions]
    related, unrelated = [(sister, her), (she, hartfield)], [(sister, hartfield)]
    before = reader.relatedness(passage.sentences, related + unrelated)
    weights = {name: weight.clone() for name, weight in reader.network.state_dict().items()}
    ready = example(passage, reader.pieces, mentions_annotated=True)
    train_opinions(reader, [ready], Recipe(opinions=2, opinion_epochs=40, negatives=1.0, head_rate=2e-3))
    after = reader.relatedness(passage.sentences, related + unrelated)
    assert all(new > old for new, old in zip(after[:2], before[:2], strict=True)) and after[2] < before[2]
    assert len(reader.network.relation_heads()) == 3
    kept = reader.network.state_dict()
    assert all(torch.equal(kept[name], weight) for name, weight in weights.items())
    first, second = (head.score[-1].weight for head in reader.network.relation_heads()[1:])
    assert not torch.equal(first, second)


def test_opinions_come_with_the_reader_and_go_with_the_recipe(
    reader: LiteraryReader, passage: TokenPassage, tmp_path: Path
) -> None:
    ready = example(passage, reader.pieces, mentions_annotated=True)
    train_opinions(reader, [ready], Recipe(opinions=1, opinion_epochs=1))
    save_reader(reader, tmp_path)
    loaded = load_reader(tmp_path)
    assert len(loaded.network.opinions) == 1
    mentions = [given_mention(mention) for mention in passage.mentions]
    pairs = [(mentions[0], mentions[4]), (mentions[1], mentions[2])]
    scores = [one.relatedness(passage.sentences, pairs) for one in (reader, loaded)]
    assert scores[0] == pytest.approx(scores[1], abs=0.01)
    train_opinions(loaded, [ready], Recipe(opinions=0))
    assert len(loaded.network.relation_heads()) == 1


def test_too_many_opinions_are_refused() -> None:
    with pytest.raises(SettingsError, match="opinions = 9"):
        Recipe(opinions=9)
