"""Which language a text is in, by its commonest words; for files that say nothing of it, or something wrong."""

from __future__ import annotations

import re
from collections import Counter

# Function words that are among the twenty commonest of each language in books, and in few others.
_COMMON = {
    "en": "the of and to that was he his it with for as had you not but her is she at on they were which have be",
    "fr": "le les des et que il elle dans une qui ne pas vous je pour ce est au avec sur plus était mais",
    "de": "der die und das nicht ist sie er zu den ein mit sich auf dem war ich von es auch eine aber als wie",
    "es": "el los las que y una por con no se su para del lo como más pero sus le había está fue",
    "it": "il che di non per una con si gli della era più ma del sono lo nel al alla anche come",
    "pt": "os que não uma com se para do da em mais por como mas dos seu sua ele ela ao era das",
    "nl": "het een van en dat niet zijn ik met op te voor hij was zij maar aan ook naar er",
    "sv": "och att det som en på är av inte med han för den var jag sig till men hon hade",
    "da": "og det at som en på er af ikke med han for den var jeg sig til men hun havde",
    "no": "og det at som en på er av ikke med han for den var jeg seg til men hun hadde",
    "fi": "ja oli hän ei että se on niin mutta kun kuin minä sen hänen nyt vaan",
    "pl": "nie się na że jest jak ale był za po od tak jego co przez",
    "cs": "se na že je jako ale byl tak jeho jsem za by po když jsme",
    "hu": "az és hogy nem egy is volt de meg ez csak már még mint",
    "la": "et in est non ut cum sed ad quod qui ex si quae sunt atque",
    "ca": "els les que no una per amb se del com però era més havia",
    "eo": "la kaj de en ne li mi estas al por sed kun oni tiu",
}
_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_SCRIPTS = (
    ("ru", "\u0400", "\u04ff"), ("el", "\u0370", "\u03ff"), ("he", "\u0590", "\u05ff"), ("ar", "\u0600", "\u06ff"),
    ("hi", "\u0900", "\u097f"), ("ja", "\u3040", "\u30ff"), ("ko", "\uac00", "\ud7af"), ("zh", "\u4e00", "\u9fff"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLES, _SAMPLE = 5, 20_000  # pieces of a long text that are looked at, and characters of each
_FEWEST = 60  # words; of less nothing can be said
_SHARE = 0.1  # of the words; English prose has .35 of its list, other languages .2 to .35 of theirs
_TIMES = 1.5  # as many as of English words


def likely_language(text: str) -> str:
    """ISO 639-1 code of the language that a text is most likely in; "" if it is too short or like none that is known.

    The language of another script is that of most books in it ("ru" for Cyrillic).
    """
    step = max(1, len(text) // _SAMPLES)
    whole = len(text) <= _SAMPLES * _SAMPLE
    sample = text if whole else "".join(text[start : start + _SAMPLE] for start in range(0, len(text), step))
    letters = [letter for letter in sample if letter.isalpha()]
    for code, first, last in _SCRIPTS:
        # Japanese writes Chinese characters, too, but kana beside them.
        share = 0.1 if code == "ja" else 0.5
        if sum(first <= letter <= last for letter in letters) > share * max(len(letters), _FEWEST):
            return code
    words = Counter(word.lower() for word in _WORD.findall(sample))
    if words.total() < _FEWEST:
        return ""
    counts = {code: sum(words[word] for word in common) for code, common in _WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    enough = counts[best] >= _SHARE * words.total() and (best == "en" or counts[best] >= _TIMES * counts["en"])
    return best if enough else ""
