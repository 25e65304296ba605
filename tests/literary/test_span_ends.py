"""Words that no mention begins or ends with: LitBank's annotators agree, and the reader scores all other spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.corpora.tokens import read_tokens
from litgraph.literary.span_ends import NEVER_FIRST, NEVER_LAST


@pytest.mark.parametrize(("split", "allowed"), [("train", 0), ("dev", 7)])
def test_annotated_mentions_hardly_ever_do(data_folder: Path, split: str, allowed: int) -> None:
    wrong = [
        passage.sentences[mention.sentence][mention.first : mention.last + 1]
        for passage in read_tokens(data_folder, split)  # type: ignore[arg-type]
        for mention in passage.mentions
        if passage.sentences[mention.sentence][mention.first] in NEVER_FIRST
        or passage.sentences[mention.sentence][mention.last] in NEVER_LAST
    ]
    assert len(wrong) <= allowed, wrong


def test_names_pronouns_and_articles_may_begin_a_mention() -> None:
    assert not NEVER_FIRST & set("I he his she the a my Will May March".split())
    assert not NEVER_LAST & set("I he him she one all Will May March".split())
