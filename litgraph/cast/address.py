"""Where a name is a form of address: "Now, Watson, …"."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:^|[“\"‘'(—–-]|[,.!?;:…][”’\"']?\s+|\b(?:my|dear|dearest|old|poor|little|young|good|oh|ah|o|well|yes|no|why|come|"
    r"now|and|but|so|then|eh|hey|hi|hullo|hallo|hello|tell me|listen|please)\s+)$",
    re.I,
)
_AFTER = re.compile(r"\s?[,.!?;:…—–”“\"-]|[’'](?!s\b)")
_LONGEST = 24  # characters before a name that tell


def is_address(text: str, start: int, end: int) -> bool:
    """Do the words and marks around a name allow that somebody is spoken to by it?

    >>> is_address("“Now, Watson, come.”", 6, 12), is_address("He saw Watson, who came.", 7, 13)
    (True, False)
    """
    return bool(_BEFORE.search(text[max(0, start - _LONGEST) : start]) and _AFTER.match(text, end))
