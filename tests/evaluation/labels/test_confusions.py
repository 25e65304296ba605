"""The picture of confusions counts what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.errors import ExportError
from litgraph.evaluation.labels.confusions import OTHERS, confusion_table, draw_confusions

GOLD = ["child_of"] * 3 + ["friend_of"] * 2 + ["lives_in", "none", "Other"]
SAID = ["child_of", "CHILD_OF", "friend_of", "friend_of", "gibberish", "none", "child_of", "none"]


def test_the_table_by_hand() -> None:
    labels, table = confusion_table(GOLD, SAID, top=2)
    assert labels == ["child_of", "friend_of", OTHERS, "none"]
    assert table.tolist() == [[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1], [1, 0, 0, 1]]


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_the_same_answers_give_the_same_picture(ending: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}{ending}" for name in "ab"]
    for path in paths:
        draw_confusions(GOLD, SAID, path)
    one, other = (path.read_bytes() for path in paths)
    assert len(one) > 1000
    assert one == other


def test_another_ending_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="neither"):
        draw_confusions(GOLD, SAID, tmp_path / "picture.pdf")
