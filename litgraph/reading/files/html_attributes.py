"""What an HTML page says beside its text: by its elements and their attributes, and by its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litgraph.errors import UnsafeSource
from litgraph.reading.catalogue import identifier_in_address
from litgraph.reading.files.markup import Mark, Tag, language_code
from litgraph.reading.mapped import MappedText, Metadata

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form header hgroup hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul".split()
) | frozenset(HEADINGS)
CELLS = frozenset({"td", "th", "caption"})
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
DROPPED = frozenset(
    "audio canvas iframe map math noscript object script select style svg template textarea video".split()
)
HEAD_CONTENT = frozenset("title meta link base script style noscript object template".split())
CLOSED_BY_A_SIBLING = (frozenset({"li"}), frozenset({"dt", "dd"}), frozenset({"tr"}), CELLS)
LISTS = frozenset({"table", "ul", "ol", "dl"})
_NOTE_ANCHOR = re.compile(r"\s*(?:[\[(]\s*(?:\d{1,4}|[A-Za-z*†‡§])\s*[\])]|[*†‡§]{1,3})\s*")
_NUMBER = re.compile(r"\s*\[?\s*(?:\d{1,4}|[A-Za-z])\s*\]?\s*")
_NOTE_LINK = re.compile(r"note|fn|ftn|ref|anchor", re.IGNORECASE)
# Classes and EPUB types (EPUB Structural Semantics Vocabulary; DPUB-ARIA roles) in lower case.
PAGE_NUMBERS = frozenset(
    "pagenum pagenumber pageno page-number page_number pagebreak doc-pagebreak pgnum pginternal-pagenum".split()
)
NOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote doc-endnotes transnote transnotes "
    "tnote transcribernote mynote".split()
)
CONTENTS = re.compile(r"toc\d*|tableofcontents|table-of-contents|doc-toc")
NOTE_ANCHORS = frozenset({"fnanchor", "noteref", "doc-noteref", "footnote-ref", "footnote-reference"})
_TITLE_PREFIX = re.compile(r"^(?:The )?Project Gutenberg(?:['’]s)?(?: (?:EBook|E-?text))?(?: of)?[:,]? ", re.IGNORECASE)
_TITLE_SUFFIX = re.compile(r"\s*[|—–-]+\s*(?:A )?Project Gutenberg(?: (?:EBook|E-?text))?\s*$|\.\s*$", re.IGNORECASE)
_BY_LINE = re.compile(r"^(.+?)[,;.]?\s+by\s+(\S.*)$", re.IGNORECASE)
_PAGE = re.compile(r"(?<![a-z])(?:page|pg|pb|folio|seite)(?:num(?:ber)?|no|nr|break)?s?(?![a-z])", re.IGNORECASE)

# An element that holds nothing but a number, perhaps inside another one; looked for right behind its opening tag.
_ONLY_PAGE = re.compile(
    r"(?:\s{0,20}<[a-z][^<>]{0,200}>)?\s{0,20}[\[({]?\s?(?:page|pg|p)?\.?\s?(?:\d{1,4}|[ivxlc]{1,7})\s?[\])}]?\s{0,20}</",
    re.IGNORECASE,
)
_ONLY_MARK = re.compile(r"\s{0,20}(?:\d{1,3}|[*†‡§])\s{0,20}</sup", re.IGNORECASE)
_BEHIND_WORD = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?…)\]”’\"'])\s?\Z")  # not of "2nd" or "m²"

_DECLARES_ENTITIES = re.compile(r"<!DOCTYPE\b[^<>\[]*\[[^\]]*<!ENTITY\b", re.IGNORECASE)
_LONGEST_PROLOGUE = 10_000  # characters before <html>


@dataclass(frozen=True, slots=True)
class Element:
    """An open element and what holds inside it."""

    name: str
    heading: int = 0
    role: str = ""
    pre: bool = False
    boilerplate: bool = False  # Project Gutenberg's own section
    first_block: int = 0
    links_before: int = 0
    label: MappedText | None = None  # the words of a heading that its tag gives


@dataclass(frozen=True, slots=True)
class Anchor:
    """An open link to another part of the book."""

    mark: Mark
    note: bool
    href: str


def refuse_entities(source: str, name: str) -> None:
    """Raise UnsafeSource if a page declares entities of its own."""
    if _DECLARES_ENTITIES.search(source, 0, _LONGEST_PROLOGUE):
        message = f"{name} declares entities of its own, by which a small file can be made to expand without end."
        raise UnsafeSource(message, "Put in the text that they stand for, and remove the [ ] of its DOCTYPE.")


def kinds_of(tag: Tag) -> frozenset[str]:
    """The classes, EPUB types and ARIA roles of an element."""
    values = (tag.attributes.get(key, "") for key in ("class", "epub:type", "role"))
    return frozenset(" ".join(values).lower().split())


def heading_level(tag: Tag) -> int:
    """The level of a heading, by its name or its ARIA role; 0 if it is none."""
    if tag.attributes.get("role", "").strip().lower() == "heading":
        level = tag.attributes.get("aria-level", "").strip()
        return min(int(level), 6) if level in "123456789" and level else 2
    return HEADINGS.get(tag.name, 0)


def is_page_number(source: str, tag: Tag, before: str) -> bool:
    """Whether an inline element holds only a number, and says that it is a page's or stands inside a word.

    Args:
        source: the file.
        tag: opens the element.
        before: the character of the text before it.
    """
    only = _ONLY_PAGE.match(source, tag.end)
    if not only:
        return False
    end = source.find(">", only.end(), only.end() + 20) + 1
    is_inside_word = before.isalpha() and bool(end) and source[end : end + 1].isalpha()
    has_digit = any(map(str.isdigit, only.group()))
    return _says_page(tag) or (is_inside_word and has_digit and tag.name not in ("sub", "sup"))


def is_raised_mark(source: str, tag: Tag, before: str) -> bool:
    """Whether a <sup> is the mark of a note: a number or a sign at the beginning, behind a word or behind a stop.

    Args:
        source: the file.
        tag: opens the element.
        before: the last three characters of the text before it.
    """
    return _ONLY_MARK.match(source, tag.end) is not None and (not before or _BEHIND_WORD.search(before) is not None)


def _says_page(tag: Tag) -> bool:
    """Whether its class, id, name or title says that an element marks a page of the printed book."""
    return any(_PAGE.search(tag.attributes.get(key, "")) for key in ("class", "id", "name", "title", "epub:type"))


def leads_inside(href: str) -> bool:
    """Whether a link leads to another part of the book, by its fragment or because it names a page beside this one."""
    address, hash_sign, fragment = href.partition("#")
    if ":" in address or address.startswith("//"):
        return False
    return bool(hash_sign and fragment) or address.lower().endswith((".html", ".htm", ".xhtml"))


def page_metadata(fields: dict[str, str], heading: str) -> Metadata:
    """What <html lang>, <title> and <meta> say; Dublin Core names are preferred, as a title often holds the author.

    Args:
        fields: name of a <meta> in lower case -> its content.
        heading: the text of <title>.
    """

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


def is_mark_of_note(text: str, *, linked: bool) -> bool:
    """Is this the mark of a note: "[1]", "(a)", "†", or a bare number where the link says so?"""
    return bool(_NOTE_ANCHOR.fullmatch(text) or (linked and _NUMBER.fullmatch(text)))


def leads_to_note(address: str) -> bool:
    """Does an address speak of notes?"""
    return bool(_NOTE_LINK.search(address))
