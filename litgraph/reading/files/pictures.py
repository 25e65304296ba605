"""Pictures of words: drop caps, and headings that are drawn instead of set, read by their alternative texts."""

from __future__ import annotations

import re

from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.files.markup import Tag
from litgraph.reading.mapped import Block, MappedText

DROP_CAP = re.compile(r"[\"'“‘«]?[^\W\d_]")
# What an alternative text says of a picture that has no words, and the names of files that programs put there.
_NO_WORDS = re.compile(
    r"\W*(?:\[?illustrations?\]?|images?|pictures?|photo(?:graph)?|figure|decorati(?:on|ve)\b.*|ornament(?:al)?\b.*|"
    r"vignette|(?:head|tail)-?\s?piece|cover|title(?: page)?|logo|initial|chapter[- ](?:head(?:ing|er|piece)?|opener|"
    r"ornament|image|decoration|title)|.*\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?))[\W\d]*|[\W\d]*",
    re.IGNORECASE | re.DOTALL,
)
# What an alternative text may begin with before it gives the words: "[Illustration: CHAPTER I]", "Heading: Chapter I".
_SAYS_PICTURE = re.compile(
    r"\[?\s*(?:(?:chapter|decorat(?:ed|ive)|illustrated|ornamental)\s+)?(?:illustration|heading|head-?\s?piece|header|image"
    r"|picture|drawing|title|banner)\s*[:—–-]\s*(?P<words>.*?)\]?",
    re.IGNORECASE | re.DOTALL,
)
_DRAWN_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<>]{1,300})</title", re.IGNORECASE)
_LONGEST = 300  # characters, as of a heading
_LONGEST_DRAWING = 2000  # characters of a drawing's source before its title


def alternative_text(tag: Tag, source: str) -> MappedText | None:
    """The words of a picture, by its "alt" or "title"; None if it has none."""
    for key in ("alt", "title", "aria-label"):
        words = " ".join(tag.attributes.get(key, "").split())
        if says := _SAYS_PICTURE.fullmatch(words):
            words = says["words"]
        if words and len(words) <= _LONGEST and not _NO_WORDS.fullmatch(words):
            return attribute_text(tag, key, words, source)
    return None


def shows_words(tag: Tag) -> bool:
    """Whether an element other than <img> is a picture: a drawing, an object, or what its role calls so."""
    return tag.name in ("svg", "object") or (tag.name != "img" and tag.attributes.get("role", "").lower() == "img")


def drawn_words(tag: Tag, source: str) -> MappedText | None:
    """The words of such a picture: by its attributes, its title, or what an object has instead of itself."""
    if (said := alternative_text(tag, source)) or tag.kind != "open":
        return said
    stop = source.find(f"</{tag.name}", tag.end, tag.end + _LONGEST_DRAWING)
    inside = source[tag.end : stop if stop >= 0 else tag.end + _LONGEST_DRAWING]
    if title := _DRAWN_TITLE.search(inside):
        start, words = tag.end + title.start(1), title[1]
    elif tag.name == "object" and stop >= 0 and "<" not in inside:
        start, words = tag.end, inside
    else:
        return None
    return MappedText.from_source(words, start) if words.strip() and not _NO_WORDS.fullmatch(words) else None


def attribute_text(tag: Tag, key: str, words: str, source: str) -> MappedText:
    """Words of an attribute, with their place in the source where they stand there as they are."""
    match = re.search(rf"\b{key}\s*=\s*[\"']?\s*" + re.escape(words), source[tag.start : tag.end], re.IGNORECASE)
    return MappedText.from_source(words, tag.start + match.end() - len(words)) if match else MappedText.made(words)


def label_of(tag: Tag, source: str) -> MappedText | None:
    """The words that the tag of a heading gives itself, as for a table of contents."""
    for key in ("aria-label", "title"):
        if words := " ".join(tag.attributes.get(key, "").split()):
            return attribute_text(tag, key, words, source)
    return None


def heading_words(pictures: list[MappedText | None], label: MappedText | None, is_heading: bool) -> list[MappedText]:
    """What a block without text says by its pictures.

    A heading says the words of its pictures, else those of its tag. Elsewhere a picture makes a heading only if its
    words do ("Chapter One", but not "The Quay").
    """
    words = [picture for picture in pictures if picture]
    if is_heading:
        return words or ([label] if label else [])
    return [picture for picture in words if _names_division(picture.text)]


def _names_division(words: str) -> bool:
    heading = parse_heading(words)
    return heading is not None and heading.rank in ("leaf", "group")


def without_doubles(blocks: list[Block], pictures: set[int]) -> list[Block]:
    """Without the headings that pictures showed beside headings that are set (``pictures`` are indexes of blocks)."""
    is_set = any(
        block.heading and (heading := parse_heading(block.content.text)) and heading.rank in ("leaf", "bare")
        for index, block in enumerate(blocks)
        if index not in pictures
    )
    return [block for index, block in enumerate(blocks) if index not in pictures] if is_set else blocks


def wordless_headings(count: int) -> tuple[str, ...]:
    """The notice about headings that are pictures without words; none if there are none."""
    if not count:
        return ()
    headings = "1 heading is a picture" if count == 1 else f"{count:,} headings are pictures"
    return (
        f"{headings} whose words the file does not give, so chapters may be missing. "
        'Put the words into the pictures (alt="Chapter One"), or take another edition.',
    )
