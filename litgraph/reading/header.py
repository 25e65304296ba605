"""What a Gutenberg header, or a title page, says about the book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litgraph.reading.mapped import Metadata

# ISO 639-1 codes of the languages that Project Gutenberg has more than a handful of books in.
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "finnish": "fi", "italian": "it", "spanish": "es",
    "dutch": "nl", "portuguese": "pt", "hungarian": "hu", "chinese": "zh", "greek": "el", "swedish": "sv",
    "danish": "da", "latin": "la", "esperanto": "eo", "polish": "pl", "catalan": "ca", "japanese": "ja",
    "norwegian": "no", "czech": "cs", "welsh": "cy", "russian": "ru", "icelandic": "is", "bulgarian": "bg",
    "hebrew": "he", "romanian": "ro", "serbian": "sr", "irish": "ga", "afrikaans": "af", "tagalog": "tl",
}  # fmt: skip
_FIELD = re.compile(r"([A-Z][A-Za-z ]{2,30}):[ \t]*(.*)")
_NUMBER = re.compile(r"\[E-?(?:book|text) ?#?(\d{1,6})\]", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\[[^\]\n]*\]\s*$")
_FIRST_LINE = re.compile(
    r"(?:The )?Project Gutenberg(?:['’]s)?(?: (?:E-?book|E-?text))?(?: of|,)? ?(?P<title>.+?),? by (?P<author>.+)",
    re.IGNORECASE,
)
_OLD_DATE = re.compile(r"^([A-Z][a-z]+,? \d{4}) *\[E-?text", re.MULTILINE | re.IGNORECASE)
_AUTHOR_LINE = re.compile(r"(?:(?:written )?by|par|von)\s+(?P<author>\S.{1,80})", re.IGNORECASE)
_TITLE_FIELD = re.compile(r"title: +", re.IGNORECASE)
_AUTHOR_FIELD = re.compile(r"author: +(?P<author>\S.{1,80})", re.IGNORECASE)
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
_WRAP_WIDTH = 60  # a title line longer than this was probably wrapped, not followed by a subtitle


@dataclass(frozen=True, slots=True)
class HeaderFields:
    """The fields of a header as Metadata, and its first line's rougher words for where there are no fields."""

    metadata: Metadata
    first_line: Metadata


NO_HEADER = HeaderFields(Metadata(), Metadata())


def header_fields(header: str) -> HeaderFields:
    """Read the header that stands before the START marker (or before the end of the Small Print)."""
    fields = _fields(header)
    number = _NUMBER.search(header)
    old_date = _OLD_DATE.search(header)
    release = fields.get("release date", fields.get("posting date", [old_date[1] if old_date else ""]))[0]
    line = next((line.strip() for line in header.split("\n") if line.strip()), "")
    first = _FIRST_LINE.fullmatch(line)
    return HeaderFields(
        Metadata(
            title=_title(fields.get("title", [])),
            author=", ".join(fields.get("author", [])),
            identifier=f"pg{int(number[1])}" if number else "",
            language=language_code(fields.get("language", [""])[0]),
            release=_BRACKET.sub("", release).strip(),
        ),
        Metadata(title=first["title"].strip(), author=first["author"].strip()) if first else Metadata(),
    )


def language_code(name: str) -> str:
    """ISO 639-1 code of a language name or code ("English", "en", "en-GB"); "" if it is neither."""
    first = re.split(r"[,;/&]| and ", name.strip().lower())[0].strip()
    if re.fullmatch(r"[a-z]{2}(?:[-_][a-z0-9]+)*", first):
        return first[:2]
    return _LANGUAGES.get(first, "")


def title_page(lines: Sequence[str]) -> Metadata:
    """Title and author from the lines before the first prose; "" for what is not clear.

    The title is the first line that is not merely a number, an address or a "by …"; one in capitals is put into
    title case. The author is what follows "by", on its line or the next.
    """
    title = author = ""
    for index, line in enumerate(lines):
        author_line = _AUTHOR_LINE.fullmatch(line) or _AUTHOR_FIELD.fullmatch(line)
        if author_line and not author:
            author = author_line["author"]
        elif line.lower() == "by" and not author and index + 1 < len(lines):
            author = lines[index + 1]
        elif not title and any(character.isalpha() for character in line) and len(line) <= 120:
            title = _TITLE_FIELD.sub("", line).strip(" .[]*#")
    return Metadata(title=readable_case(title), author=readable_case(_BRACKET.sub("", author).strip(" .,")))


def readable_case(words: str) -> str:
    """Words printed in capitals, in title case; others as they are.

    >>> readable_case("A MIDSUMMER NIGHT'S DREAM")
    "A Midsummer Night's Dream"
    """
    if not words.isupper():
        return words
    lower = words.lower().split(" ")
    return " ".join(
        word if index and word in _SMALL else re.sub(r"^\W*\w", lambda initial: initial[0].upper(), word)
        for index, word in enumerate(lower)
    )


def _fields(header: str) -> dict[str, list[str]]:
    """Field name → its lines; continuation lines are indented."""
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in header.split("\n"):
        match = _FIELD.match(line)
        if match and match[2].strip():
            current = fields.setdefault(match[1].lower(), [])
            if not current:
                current.append(match[2].strip())
            else:
                current = None
        elif current is not None and line.startswith("  ") and line.strip():
            current.append(line.strip())
        else:
            current = None
    return fields


def _title(lines: list[str]) -> str:
    """Title and subtitle lines, joined as a library catalogue would: "Les Misérables: Complete in Five Volumes"."""
    title = ""
    for line in lines:
        if not title:
            title = line
        elif title[-1] in ":;,-" or len(title) > _WRAP_WIDTH:
            title += f" {line}"
        elif re.match(r"or\b", line, re.IGNORECASE):
            title = f"{title}, {line}"
        else:
            title = f"{title}: {line}"
    return title
