"""What a catalogue says of a book."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Creator:
    """Somebody who had a part in a book.

    Attributes:
        name: as catalogues have it, "Austen, Jane".
        born, died: years, negative before Christ; None if the catalogue does not know.
        role: "" of an author; "Editor", "Translator", "Illustrator" …
    """

    name: str
    born: int | None
    died: int | None
    role: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One book of Project Gutenberg's catalogue.

    Attributes:
        number: Project Gutenberg's.
        type: "Text", or "Sound", "Image" …
        issued: the day on which Project Gutenberg issued it, YYYY-MM-DD; never that of the first edition.
        title: with its subtitle, perhaps on a second line.
        languages: their codes, "en".
        creators: authors, and those with another role.
        subjects: headings of the Library of Congress, "England -- Fiction".
        bookshelves: Project Gutenberg's own.
    """

    number: int
    type: str
    issued: str
    title: str
    languages: tuple[str, ...]
    creators: tuple[Creator, ...]
    subjects: tuple[str, ...]
    bookshelves: tuple[str, ...]

    @property
    def identifier(self) -> str:
        """As litgraph names the book, "pg1342"."""
        return f"pg{self.number}"

    @property
    def authors(self) -> tuple[Creator, ...]:
        """Who wrote it."""
        return tuple(one for one in self.creators if not one.role)
