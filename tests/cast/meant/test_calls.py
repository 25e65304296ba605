"""Words by which somebody calls his hearer without a name."""

from __future__ import annotations

import pytest

from litgraph.cast.meant.calls import calls_hearer
from litgraph.types import Mention


def calls(text: str, words: str) -> bool:
    start = text.index(words)
    mention = Mention("m0", start, start + len(words), words, "PER", "noun", 0, 1)
    return calls_hearer(mention, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Yes, sir,” said he.", "sir"),
        ("“No, ma’am!” cried Anne.", "ma’am"),
        ("“My dear,” he began, “listen.”", "My dear"),
        ("“Come, my dear fellow, be quick.”", "my dear fellow"),
        ("“Where, old man, is she?”", "old man"),
        ("“Would your Majesty like it?”", "your Majesty"),
        ("“I told your ladyship so.”", "your ladyship"),
        ("“Oh, papa! you do not mean it.”", "papa"),
        ("‘Hush, dear mother; he comes.’", "dear mother"),
        ("“My boy, sit down.”", "My boy"),
    ],
)
def test_a_word_of_calling_means_the_hearer(text: str, words: str) -> None:
    assert calls(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Papa said so.”", "Papa"),  # of whom one speaks
        ("“I saw my dear mother there.”", "my dear mother"),
        ("“He told her mother, I think.”", "her mother"),
        ("“The old man, you know, is ill.”", "The old man"),
        ("“A gentleman, sir, has called.”", "A gentleman"),
        ("“That boy, now, is clever.”", "That boy"),
        ("“They like your house.”", "your house"),
        ("“My sister Maria, you see, is here.”", "My sister Maria"),
        ("“Her ladyship, I hear, is out.”", "Her ladyship"),
    ],
)
def test_of_others_one_speaks_otherwise(text: str, words: str) -> None:
    assert not calls(text, words)


def test_without_the_text_only_honours_tell() -> None:
    sir = Mention("m0", 0, 3, "sir", "PER", "noun", 0, 1)
    majesty = Mention("m1", 0, 12, "your majesty", "PER", "noun", 0, 1)
    assert not calls_hearer(sir, "") and calls_hearer(majesty, "")
