"""The pictures in README and docs: made by one command, and none of an older page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from screenshots import DOCS, PICTURES, SIZE, pictures, words_of

pytestmark = pytest.mark.browser


def test_the_pictures_are_of_the_page_as_it_is(alice: Path, tmp_path: Path) -> None:
    made = list(pictures({"alice": alice}, tmp_path))
    assert [path.name for path in made] == [picture.file for picture in PICTURES if picture.book == "alice"]
    for path in made:
        with Image.open(path) as image:
            assert image.size == (SIZE["width"], SIZE["height"])
            assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50, "it is not empty"
    now = words_of(made[0])
    assert "Storyline" in now
    for picture in PICTURES:
        assert words_of(DOCS / picture.file) == now, "make them anew: python tests/support/screenshots.py ALICE PRIDE"


def test_every_picture_is_shown_somewhere() -> None:
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"\((?:docs/)?(page[\w-]*\.png)\)", page.read_text("utf-8"))}
    assert shown == {picture.file for picture in PICTURES} == {path.name for path in DOCS.glob("page*.png")}
