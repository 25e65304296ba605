"""What the attributes of HTML elements say: of the element, and those of <meta> of the book."""

from __future__ import annotations

import re

from litgraph.reading.catalogue import identifier_in_address
from litgraph.reading.files.markup import Tag, language_code
from litgraph.reading.mapped import Metadata

_TITLE_PREFIX = re.compile(r"^(?:The )?Project Gutenberg(?:['’]s)?(?: (?:EBook|E-?text))?(?: of)?[:,]? ", re.IGNORECASE)
_TITLE_SUFFIX = re.compile(r"\s*[|—–-]+\s*(?:A )?Project Gutenberg(?: (?:EBook|E-?text))?\s*$|\.\s*$", re.IGNORECASE)
_BY_LINE = re.compile(r"^(.+?)[,;.]?\s+by\s+(\S.*)$", re.IGNORECASE)


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


def page_metadata(fields: dict[str, str], heading: str) -> Metadata:
    """What <html lang>, <title> and <meta> say; Dublin Core names are preferred, as a title often holds the author."""

    def first(*names: str) -> str:
        return next((" ".join(fields[name].split()) for name in names if fields.get(name, "").strip()), "")

    title = _TITLE_SUFFIX.sub("", _TITLE_PREFIX.sub("", " ".join(heading.split())))
    author = ""
    if match := _BY_LINE.match(title):
        title, author = match.groups()
    addresses = (
        fields.get(name, "") for name in ("dc.identifier", "dcterms.identifier", "dcterms.source", "dc.source")
    )
    return Metadata(
        title=first("dc.title", "dcterms.title", "og:title") or title,
        author=first("dc.creator", "dcterms.creator", "book:author", "author") or author,
        identifier=next((number for address in addresses if (number := identifier_in_address(address))), ""),
        language=language_code(first("lang", "dc.language", "dcterms.language")),
        release=first("dcterms.issued", "dcterms.created", "dc.date", "book:release_date"),
    )
