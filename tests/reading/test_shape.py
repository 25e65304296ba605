"""A book that is no prose is read, and its reader is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.reading import read_book

STANZA = (
    "The boat went out beyond the bar,\nAnd Margaret stood upon the quay;\nThe wind was low, the night was far,\nAnd"
)
STANZA += " no one spoke but Tom and she."
PROSE = (
    "Margaret Hollis walked down to the quay, where the boats lay\nwaiting for the evening tide, and nobody spoke\n"
    "to her at all, for Mr. Tregarth had gone to Porthcarrow\nwith Edmund in the spring."
)
ROWS = "\n".join(
    [
        "1801   Hollis, Margaret     quay      12",
        "1802   Tregarth, John      boat     14",
        "1803   Pascoe, Ann     town    1",
    ]
)
SPEECH = (
    "THESEUS. Now is the hour come on\nAnd Margaret must give her hand\nTo Edmund, or be gone for good\nTo some land."
)


def notices(folder: Path, *paragraphs: str, name: str = "book.txt") -> str:
    path = folder / name
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return " ".join(read_book(path).notices)


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        ([STANZA] * 6, "verse"),
        ([STANZA] * 6 + [PROSE], "verse"),
        (["“" + STANZA, STANZA.replace("\n", "\n  ")] * 4, "verse"),
        ([ROWS] * 5, "tables"),
        ([ROWS.replace("   ", "\t")] * 5, "tables"),
        (["| Hollis | Tregarth | Pascoe |\n| one | two | three |"] * 9, "tables"),
        (["Hollis;Margaret;quay\nTregarth;John;boat"] * 9, "tables"),
    ],
)
def test_what_is_no_prose(paragraphs: list[str], kind: str, tmp_path: Path) -> None:
    said = notices(tmp_path, "CHAPTER I", *paragraphs)
    assert f"book.txt is mostly {kind}" in said and "%" in said


@pytest.mark.parametrize(
    "paragraphs",
    [
        [PROSE] * 4,
        [PROSE, STANZA, PROSE, ROWS, PROSE, PROSE],
        [SPEECH] * 6,
        [SPEECH.replace("THESEUS. Now", "THESEUS\nNow")] * 6,
        ["He left.  She sat down.  They spoke.  It rained,  and rained."] * 9,
        ["“Come!”\n“No.”"] * 9,
        ['"You are late," said he. "Go," said she. "Edmund," said he, "is ill," and wept.'] * 9,
        ["IT WAS NIGHT\nAND NOBODY\nCAME AT ALL"] * 4,
    ],
)
def test_what_is(paragraphs: list[str], tmp_path: Path) -> None:
    assert notices(tmp_path, "CHAPTER I", *paragraphs) == ""


def test_html(tmp_path: Path) -> None:
    row = "<tr><td>1801</td><td>Hollis</td><td>quay</td><td>twelve</td></tr>"
    assert "tables" in notices(
        tmp_path, f"<html><body><p>A list</p><table>{row * 30}</table></body></html>", name="a.html"
    )
    poem = "<p>" + STANZA.replace("\n", "<br/>\n") + "</p>"
    assert "verse" in notices(tmp_path, f"<html><body>{poem * 6}</body></html>", name="b.html")
