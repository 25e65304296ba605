"""What the attributes of an HTML element say."""

from __future__ import annotations

from litgraph.reading.files.markup import Tag


def kinds_of(tag: Tag) -> frozenset[str]:
    """The classes, EPUB types and ARIA roles of an element."""
    values = (tag.attributes.get(key, "") for key in ("class", "epub:type", "role"))
    return frozenset(" ".join(values).lower().split())


def leads_inside(href: str) -> bool:
    """Whether a link leads to another part of the book, by its fragment or because it names a page beside this one."""
    address, hash_sign, fragment = href.partition("#")
    if ":" in address or address.startswith("//"):
        return False
    return bool(hash_sign and fragment) or address.lower().endswith((".html", ".htm", ".xhtml"))
