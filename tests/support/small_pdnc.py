"""A small novel in the files of PDNC."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CHARACTERS = ("Main Name", "Aliases", "Category", "Gender")
QUOTATIONS = ("quoteByteSpans", "speaker", "addressees", "quoteType", "mentionSpansList", "mentionEntitiesList")


def write_novel(
    folder: Path, text: str, characters: Iterable[tuple[str, ...]], quotations: Iterable[tuple[Any, ...]]
) -> None:
    """Write a novel's text and the rows of its two tables into a new folder."""
    folder.mkdir(parents=True)
    (folder / "novel_text.txt").write_text(text, encoding="utf-8")
    tables = (("character_info.csv", CHARACTERS, characters), ("quotation_info.csv", QUOTATIONS, quotations))
    for name, columns, rows in tables:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
