"""Making a text shorter by some tokens, so that what it is asked about stays in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


def shortened(tokenizer: PreTrainedTokenizerBase, text: str, first: int, last: int, excess: int) -> str:
    """The text without ``excess`` tokens, in whole words.

    They are taken from its beginning, as far as ``first``; then from its end, as far back as ``last``; and only if
    that is not enough, from the beginning again.

    Args:
        tokenizer: counts.
        text: what is too long.
        first: offset from which the text should be kept.
        last: offset up to which it should be kept.
        excess: tokens too many.
    """
    offsets = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
    spans = [(begin, end) for begin, end in offsets if end > begin]
    before = sum(end <= first for _, end in spans)
    after = sum(begin >= last for begin, _ in spans)
    left = min(excess, before)
    right = min(excess - left, after)
    left = min(len(spans), left + (excess - left - right))
    kept = spans[left : len(spans) - right]
    if not kept:
        return ""
    begin, end = kept[0][0], kept[-1][1]
    # Not with half a word at either end
    while left and 0 < begin < end and not text[begin - 1].isspace() and not text[begin].isspace():
        begin += 1
    while right and begin < end < len(text) and not text[end].isspace() and not text[end - 1].isspace():
        end -= 1
    return text[begin:end].strip()
