"""The reader's network: one encoder and its heads. Imported only where torch is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from litgraph.literary.network.bert import Bert, BertConfig
from litgraph.literary.network.heads import CoreferenceHead, MentionHead, PairReader, PlaceHead, RelationHead
from litgraph.literary.network.speech import SpeechHead
from litgraph.literary.network.windows import CAPITALS, Window


class Encoder(nn.Module):
    """A BERT whose word pieces also know how they were capitalised."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = Bert(config)
        self.capitals = nn.Embedding(CAPITALS, config.hidden_size)
        nn.init.normal_(self.capitals.weight, std=config.initializer_range)

    def forward(self, windows: Sequence[Window]) -> Tensor:
        """States of the first piece of each word of all windows, in order: (words, hidden)."""
        device = self.capitals.weight.device
        length = max(len(window.pieces) for window in windows)
        pieces = torch.tensor([window.pieces + [0] * (length - len(window.pieces)) for window in windows])
        capitals = torch.tensor([window.capitals + [0] * (length - len(window.capitals)) for window in windows])
        first = torch.tensor([row * length + piece for row, window in enumerate(windows) for piece in window.first])
        lengths = torch.tensor([len(window.pieces) for window in windows])
        real = torch.arange(length)[None] < lengths[:, None]
        states: Tensor = self.bert(self.embedded(pieces.to(device), capitals.to(device)), real.to(device))
        return states.flatten(0, 1)[first.to(device)]

    def embedded(self, pieces: Tensor, capitals: Tensor) -> Tensor:
        """Word pieces and how they are capitalised, equally shaped numbers → what the BERT takes, (…, hidden)."""
        embedded: Tensor = self.bert.embeddings.word_embeddings(pieces) + self.capitals(capitals)
        return embedded


class ReaderNetwork(nn.Module):
    """Encoder and heads; each head is called by itself, because not every text is read for everything.

    Args:
        config: of the encoder.
        opinions: relation heads beside the one that was trained with the encoder; what they say is averaged.
    """

    def __init__(self, config: BertConfig, *, opinions: int = 0) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.mentions = MentionHead(config.hidden_size)
        self.coreference = CoreferenceHead(config.hidden_size)
        self.speech = SpeechHead(config.hidden_size)
        self.relations = RelationHead(config.hidden_size)
        self.place_reader = PairReader(config.hidden_size)
        self.places = PlaceHead(self.place_reader.size)
        self.opinions = nn.ModuleList(RelationHead(config.hidden_size) for _ in range(opinions))

    def relation_heads(self) -> list[RelationHead]:
        """All relation heads, the one that was trained with the encoder first."""
        return [self.relations, *(cast(RelationHead, head) for head in self.opinions)]
