"""What one mention of a name tells of the others."""

from __future__ import annotations

from litgraph.literary.consistency import chosen_mentions
from litgraph.literary.types import Thresholds, TokenMention

SENTENCES = [["St.", "Aubert", "sang", "."], ["St.", "Aubert", "and", "the", "lady"], ["St.", "Aubert", "slept"]]
THRESHOLDS = Thresholds(mention=0.5, name_again=0.2)


def aubert(sentence: int, label: str, score: float) -> TokenMention:
    return TokenMention(sentence, 0, 1, label, "name", score)  # type: ignore[arg-type]


def test_a_name_has_one_label_in_a_text() -> None:
    found = chosen_mentions(
        [aubert(0, "PER", 0.9), aubert(1, "GPE", 0.95), aubert(2, "PER", 0.6)], SENTENCES, THRESHOLDS
    )
    assert [mention.label for mention in found] == ["PER"] * 3


def test_a_sure_name_is_found_again_where_it_is_less_sure() -> None:
    lady = TokenMention(1, 3, 4, "PER", "noun", 0.3)
    again, hardly = aubert(1, "PER", 0.3), aubert(2, "PER", 0.1)
    assert chosen_mentions([aubert(0, "PER", 0.9), again, lady, hardly], SENTENCES, THRESHOLDS) == [
        aubert(0, "PER", 0.9),
        again,
    ]
    assert chosen_mentions([again, lady], SENTENCES, THRESHOLDS) == []


def test_what_is_no_name_keeps_its_label() -> None:
    lady, other = TokenMention(1, 3, 4, "PER", "noun", 0.9), TokenMention(0, 2, 2, "FAC", "noun", 0.9)
    assert chosen_mentions([other, lady], SENTENCES, THRESHOLDS) == [other, lady]
