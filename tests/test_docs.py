"""The README and the docs can be read: lines fit a screen, links lead somewhere, every page is in the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
WIDTH = 120
PAGES = [
    *sorted(REPOSITORY.glob("*.md")),
    *sorted((REPOSITORY / "docs").rglob("*.md")),
    REPOSITORY / "litgraph" / "data" / "reader" / "README.md",
]


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Number and text of the lines that a person reads as prose: no code and no tables."""
    in_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif not in_code and not line.startswith(("|", "    ")):
            yield number, line


def fits(line: str) -> bool:
    """Whether a line fits, or could not be broken: it is one word, such as an address, after its bullet."""
    return len(line) <= WIDTH or len(re.sub(r"^\s*(?:[-*] |\d+\. )?", "", line).split()) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_no_line_is_longer_than_a_screen(page: Path) -> None:
    long = [number for number, line in prose(page.read_text(encoding="utf-8")) if not fits(line)]
    assert not long, f"{page}: break lines {long} at {WIDTH} characters"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page} links to {target}"


def test_the_readme_has_an_index_of_the_docs() -> None:
    index = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("\n## The docs\n")[2].partition("\n## ")[0]
    for page in sorted((REPOSITORY / "docs").glob("*.md")):
        assert f"(docs/{page.name})" in index, page.name
