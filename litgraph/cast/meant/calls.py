"""Words by which somebody calls his hearer without a name: "sir", "my dear", "your Majesty", "papa"."""

from __future__ import annotations

from litgraph.cast.address import is_address
from litgraph.cast.kin.phrases import kin_phrase
from litgraph.types import Mention

_ALONE = frozenset(
    "sir madam ma'am madame mademoiselle monsieur signor signore signora signorina signorino "
    "dear dearest darling sweetheart love child boy girl milord".split()
)
_AFTER_MY = _ALONE | frozenset("fellow chap friend lad lass man woman lady lord pet angel treasure".split())
_BEFORE = frozenset("my dear dearest good old poor sweet young little own honoured beloved darling kind worthy".split())
_HONOURS = frozenset(
    "majesty highness honour honor ladyship lordship grace excellency worship reverence eminence holiness".split()
)
_OF_OTHERS = frozenset("his her their your".split())
_LONGEST = 5  # words


def calls_hearer(mention: Mention, text: str) -> bool:
    """Does a noun phrase in a speech mean whom it is said to?

    "Your Majesty" always does; "sir", "my dear fellow" and "papa" where they stand as one calls somebody.

    Args:
        mention: of the book.
        text: ``Book.text``; without it nothing is known of how the phrase stands.
    """
    words = mention.text.casefold().replace("’", "'").replace("_", "").split()
    if mention.form != "noun" or not 0 < len(words) <= _LONGEST:
        return False
    if len(words) == 2 and words[0] in ("your", "yer") and words[1] in _HONOURS:
        return True
    if not (_is_call(words) or _is_unnamed_kin(mention.text)):
        return False
    return bool(text) and is_address(text, mention.start, mention.end)


def _is_call(words: list[str]) -> bool:
    *before, last = words
    if not before:
        return last in _ALONE
    return last in _AFTER_MY and all(word in _BEFORE for word in before)


def _is_unnamed_kin(words: str) -> bool:
    phrase = kin_phrase(words)
    return phrase is not None and not phrase.named and words.split()[0].casefold() not in _OF_OTHERS
