"""What the attributes of an HTML element say."""

from __future__ import annotations

import re

from litgraph.reading.files.markup import Tag

_PAGE = re.compile(r"(?<![a-z])(?:page|pg|pb|folio|seite)(?:num(?:ber)?|no|nr|break)?s?(?![a-z])", re.IGNORECASE)


def kinds_of(tag: Tag) -> frozenset[str]:
    """The classes, EPUB types and ARIA roles of an element."""
    values = (tag.attributes.get(key, "") for key in ("class", "epub:type", "role"))
    return frozenset(" ".join(values).lower().split())


def says_page(tag: Tag) -> bool:
    """Whether its class, id, name or title says that an element marks a page of the printed book."""
    return any(_PAGE.search(tag.attributes.get(key, "")) for key in ("class", "id", "name", "title", "epub:type"))


def leads_inside(href: str) -> bool:
    """Whether a link leads to another part of the book, by its fragment or because it names a page beside this one."""
    address, hash_sign, fragment = href.partition("#")
    if ":" in address or address.startswith("//"):
        return False
    return bool(hash_sign and fragment) or address.lower().endswith((".html", ".htm", ".xhtml"))
