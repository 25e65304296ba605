"""Make the pictures of the page in README and docs: python tests/support/screenshots.py ALICE PRIDE

ALICE and PRIDE are run folders (``litgraph build pg11 -o alice``, ``litgraph build pg1342 -o pride``). The page is
arranged alike each time, so the pictures change only with the page, with what is found, or with the browser's fonts.
Each holds the words on the page's controls; tests/pages/test_screenshots.py compares them with those of today, so that
a picture of an older page is noticed. It compares no pixels.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

DOCS = Path(__file__).resolve().parents[2] / "docs"
KEY = "litgraph page"
SIZE = {"width": 1200, "height": 700}


class Picture(NamedTuple):
    """A picture of the page of one book: its file in docs, what the address says, and what is waited for."""

    book: str
    file: str
    address: str
    wait: str


PICTURES = (
    Picture("alice", "page-alice.png", "#white-rabbit--alice", "#card blockquote"),
    Picture("alice", "page-text.png", "?view=text&at=2700", "#view .speaker"),
    Picture("pride", "page.png", "#elizabeth-bennet", "#card h2"),
    Picture("pride", "page-storyline.png", "?view=storyline", "#view svg .stop"),
)


def take(browser: Any, page: Path, picture: Picture) -> tuple[bytes, list[str]]:
    """A picture, and the words on the controls that it shows."""
    tab = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
    tab.goto(f"{page.as_uri()}{picture.address}")
    tab.wait_for_selector("html[data-ready]")
    tab.wait_for_selector(picture.wait)
    tab.wait_for_timeout(300)  # a frame or two, until the canvas is drawn
    found = (tab.screenshot(), controls(tab))
    tab.close()
    return found


def controls(tab: Any) -> list[str]:
    """What stands on the controls whatever the book is."""
    parts = "#views button, .search label, #filters legend, .saving button, #chapters label"
    return [str(text).strip() for text in tab.locator(parts).all_text_contents()]


def pictures(runs: dict[str, Path], folder: Path) -> Iterator[Path]:
    """Make the pictures of these books in a folder."""
    from browser import chromium
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from litgraph.pages.making import write_page

    with chromium() as browser, tempfile.TemporaryDirectory() as scratch:
        for book, run in runs.items():
            page = Path(scratch, f"{book}.html")
            write_page(run, page)
            for picture in PICTURES:
                if picture.book != book:
                    continue
                pixels, words = take(browser, page, picture)
                said = PngInfo()
                said.add_text(KEY, json.dumps(words))
                with Image.open(io.BytesIO(pixels)) as image:
                    image.save(folder / picture.file, optimize=True, pnginfo=said)
                yield folder / picture.file


def words_of(path: Path) -> list[str]:
    """The words on the controls when the picture was made."""
    from PIL import Image

    with Image.open(path) as image:
        words: list[str] = json.loads(image.info.get(KEY, "[]"))
    return words


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for made in pictures({"alice": Path(sys.argv[1]), "pride": Path(sys.argv[2])}, DOCS):
        print(made)
