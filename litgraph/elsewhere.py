"""Who somebody is elsewhere: an address of linked data, such as Wikidata's, that a person may give a character."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WIKIDATA = "http://www.wikidata.org/entity/"
"""What the items of Wikidata are called by in linked data (with "http:", whatever the browser shows)."""

_ITEM = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})", re.ASCII)
# What RFC 3987 leaves out of addresses, white space and control characters included
_NOT_IN_ADDRESSES = re.compile(r'[\s<>"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\udfff]')
_LONGEST = 2000  # characters


def address_of(text: str) -> str:
    """The address that a person means, as linked data write it; "" if it is none.

    >>> address_of("Q170583"), address_of("https://www.wikidata.org/wiki/Q170583"), address_of("Elizabeth Bennet")
    ('http://www.wikidata.org/entity/Q170583', 'http://www.wikidata.org/entity/Q170583', '')

    Args:
        text: the number of an item of Wikidata, the address of its page, or any other address with "http" or "https".
    """
    text = text.strip()
    if item := _ITEM.fullmatch(text):
        return f"{WIKIDATA}{item[1]}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and "." in host.strip(".") and len(text) <= _LONGEST
    is_no_item = host.endswith("wikidata.org")
    return text if is_web and not is_no_item and not _NOT_IN_ADDRESSES.search(text) else ""


def is_address(value: object) -> bool:
    """Is this an address as :func:`address_of` gives it?"""
    return isinstance(value, str) and bool(value) and address_of(value) == value
