"""Pairs of a character and a place, as the network is asked about them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph import literary
from litgraph.corpora.mobility import Context, MobilityPair, read_mobility
from litgraph.literary.places import mention_evidence, place_question, spaced_words
from litgraph.literary.reader import LiteraryReader

WALK = Context(("Emma", "walked", "to", "Hartfield", "."), (0, 0), (3, 3))
BURNED = Context(("His", "house", "burned", "."), (0, 0), (0, 1))


@pytest.fixture(scope="module")
def reader() -> LiteraryReader:
    return literary.load()


@torch.no_grad()
def evidence(reader: LiteraryReader, contexts: list[Context]) -> list[list[float]]:
    asked = place_question(contexts, reader.pieces)
    words = spaced_words(asked, reader.network.encoder(asked.windows))
    rows: list[list[float]] = mention_evidence(reader.network.mentions, asked, words, 1.6).tolist()
    return rows


def test_a_question_knows_where_its_mentions_stand(reader: LiteraryReader) -> None:
    asked = place_question([WALK, BURNED], reader.pieces)
    first = len(WALK.tokens) + 16  # words of nothing lie between two contexts
    assert asked.begin.tolist() == [0, first]
    assert asked.outer.tolist() == [[1, first + 1], [4, first + 2]]


def test_the_mention_head_tells_people_from_places_and_both_from_neither(reader: LiteraryReader) -> None:
    turned = Context(WALK.tokens, WALK.place, WALK.character)
    months = Context(("Emma", "walked", "in", "May", "."), (1, 1), (3, 3))
    right, wrong, neither = evidence(reader, [WALK, turned, months])
    assert min(right) > 2 and max(wrong) < -2 and max(neither) < 0


def test_a_mention_may_begin_before_what_was_marked(reader: LiteraryReader) -> None:
    whole, part = evidence(
        reader,
        [
            Context(("The", "old", "lady", "went", "to", "London", "."), (0, 2), (5, 5)),
            Context(("The", "old", "lady", "went", "to", "London", "."), (2, 2), (5, 5)),
        ],
    )
    assert whole[0] == pytest.approx(part[0], abs=1e-4) and whole[0] > 2


def test_each_context_is_judged_by_itself(reader: LiteraryReader) -> None:
    alone = [evidence(reader, [context])[0] for context in (BURNED, WALK)]
    together = evidence(reader, [BURNED, WALK])
    for one, other in zip(alone, together, strict=True):
        assert one == pytest.approx(other, abs=0.05)


def test_more_pairs_are_judged_rightly_than_without_the_mention_head(reader: LiteraryReader, data_folder: Path) -> None:
    pairs = read_mobility(data_folder, "dev")[:120]
    scores, _ = reader.raw_places([pair.middle for pair in pairs])
    known = reader.thresholds
    weights = torch.tensor([known.place_scale, known.place_person, known.place_site])
    assert _right(scores @ weights + known.place_shift, pairs) > _right(scores[:, 0], pairs)


def _right(scores: torch.Tensor, pairs: list[MobilityPair]) -> int:
    return sum((score > 0) == pair.valid for score, pair in zip(scores.tolist(), pairs, strict=True))
