"""Plays: what is one, in every layout, and what is said by whom in it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.names.grammar import fold
from litgraph.reading import read_book
from litgraph.reading.plays.labels import labels
from litgraph.reading.plays.persons import roles_in
from litgraph.reading.source import Source, parse_book
from litgraph.types import Book, Span
from tests.support.small_plays import LAYOUTS, SCENE


def read(text: str, name: str = "play.txt") -> Book:
    return parse_book(Source(name, text.encode()))


def said(book: Book) -> list[tuple[str, str]]:
    assert book.play
    text = book.text

    def of(span: Span) -> str:
        return text[span.start : span.end]

    return [(of(speech.label), " ".join(map(of, speech.pieces))) for speech in book.play.speeches]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_speeches_directions_and_roles(layout: str) -> None:
    book = read(LAYOUTS[layout])
    expected = [(fold(who), speech) for who, _, speech in SCENE if who] * 2
    found = said(book)
    assert [speech for _, speech in found] == [speech for _, speech in expected]
    for (label, _), (name, _) in zip(found, expected, strict=True):
        assert name.startswith(fold(label))
    assert book.play
    directions = [book.text[span.start : span.end].strip("[]().") for span in book.play.directions]
    assert [one for one in directions if "Enter" in one] == ["Enter MRS. TOLLAND"] * 2
    assert "laying down her work" in directions
    assert [role.names[0] for role in book.play.roles] == ["Jonas Hale", "Marian", "Mrs. Tolland", "Porter"]
    assert [role.description for role in book.play.roles] == ["a miller", "his wife", "a widow", ""]
    assert [(chapter.title, chapter.part) for chapter in book.chapters] == [
        ("SCENE I. A mill.", "ACT I"),
        ("SCENE I. The same.", "ACT II"),
    ]


VERSE = """THE FORD

ACT I. SCENE I.
Before the ford

Enter the DUKE and ANSELM

  DUKE. I would the river were as low as thou,
    And thou as high as it. What is the hour?
  ANSELM. My lord, I had it from the miller's clock;
    But he, my lord, has neither clock nor mill.   Exit DUKE
    I spoke too late. I ever speak too late,
    As men (they say) that swim speak under water.

                 Enter BEATRICE, with a lantern

  BEATRICE. Is the duke gone? I held my light for him.
  ANSELM. He has gone down. [Aside] I would I had gone too.
  BEATRICE. Then I will hold it for thee, gentle fool.
  DUKE. [Within] Hold it for me! I have not found the ford.
                                                 Exeunt
"""


def test_verse_set_solid_is_cut_at_its_labels_and_at_directions_in_the_margin() -> None:
    book = read(VERSE)
    speeches = said(book)
    assert [label for label, _ in speeches] == ["DUKE", "ANSELM", "BEATRICE", "ANSELM", "BEATRICE", "DUKE"]
    assert speeches[1][1].endswith(
        "nor mill. I spoke too late. I ever speak too late, As men (they say) that swim speak under water."
    )
    assert speeches[3][1] == "He has gone down. I would I had gone too."
    assert book.play
    directions = [book.text[span.start : span.end] for span in book.play.directions]
    assert directions == [
        "Enter the DUKE and ANSELM",
        "Exit DUKE",
        "Enter BEATRICE, with a lantern",
        "[Aside]",
        "[Within]",
        "Exeunt",
    ]


PARAGRAPHS = (
    "EMMA. That was what stood on the door, the {0}th time that he read it.",
    "He went down the stairs, and over the yard, and told nobody of it. “I have seen nothing,” he said, {0} times. The "
    "rain came down upon the roofs, and upon the river, and upon him.",
    "Nobody answered; the street was empty, and the lamps were being put out one after the other, from the bridge to "
    "the mill.",
)
NOVEL = "CHAPTER I\n\n" + "\n\n".join(one.format(number) for number in range(4, 30) for one in PARAGRAPHS) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        NOVEL,
        NOVEL.replace("EMMA. That", "NOTE. That"),
        NOVEL.replace("EMMA. That", "Emma. That"),
        "CHAPTER I\n\nYes. I came.\n\nNo. I did not.\n\nYes. I came.\n\nNo. I did not.\n\nYes. I did.\n",
        "LONDON, MAY 1.\n\n"
        + "It rained, and I stayed at home with my books.\n\n" * 30
        + "LONDON, MAY 1.\n\nIt rained.\n",
        "I. Of the Mill.\n\nIt stands.\n\nII. Of the Ford.\n\nIt is deep.\n\nI. Of the Mill.\n\nIt fell.\n",
    ],
)
def test_a_novel_is_no_play(text: str) -> None:
    assert read(text).play is None


def test_a_scene_in_a_novel_leaves_it_a_novel() -> None:
    assert read(LAYOUTS["NAME. speech"] + "\n\nCHAPTER I\n\n" + NOVEL * 4).play is None


@pytest.mark.parametrize(
    ("entry", "names", "description", "gender"),
    [
        ("TORVIN HALE.", ["Torvin Hale"], "", "unknown"),
        ("Marian, his wife.", ["Marian"], "his wife", "female"),
        ("Mrs. Tolland (a widow).", ["Mrs. Tolland"], "a widow", "female"),
        ("PIP, or ROLAND GREENLEAF", ["Pip", "Roland Greenleaf"], "", "unknown"),
        ("PRINCE EDGAR, his son; afterwards KING EDGAR IV.", ["Prince Edgar", "King Edgar IV"], None, "male"),
        ("ODO, ARCHBISHOP OF YARE", ["Odo"], "ARCHBISHOP OF YARE", "male"),
        ("GROOM to the Duke of Yare", ["Groom"], "to the Duke of Yare", "unknown"),
        ("MARIAN ............ Miss Ada Lock", ["Marian"], "", "unknown"),
        ("JUDGE** BARROW.", ["Judge Barrow"], "", "unknown"),
        ("An Old Woman.", ["Old Woman"], "", "female"),
        ("HUGH OF YARE, a prophet", ["Hugh of Yare"], "a prophet", "unknown"),
    ],
)
def test_an_entry_of_the_dramatis_personae(entry: str, names: list[str], description: str | None, gender: str) -> None:
    (role,) = roles_in(entry)
    assert list(role.names) == names
    assert description is None or role.description == description
    assert role.gender == gender


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("PORTER, and his MAN", ["Porter", "Man"]),
        ("ALBAN, BORIS, CONRAD, courtiers", ["Alban", "Boris", "Conrad"]),
        ("ALBAN and BORIS, the two brothers", ["Alban", "Boris"]),
        ("ALBAN, a smith; BORIS, his son; MRS. DORN, a widow.", ["Alban", "Boris", "Mrs. Dorn"]),
        ("1. ALBAN, a smith", ["Alban"]),
        ("* ALBAN, a smith", ["Alban"]),
        ("**ALBAN**, a smith", ["Alban"]),
        ("[ALBAN], a smith", ["Alban"]),
        ("ALBAN = a smith", ["Alban"]),
        ("THREE GENTLEMEN", []),
        ("Lords, Citizens, and Attendants.", []),
        ("(The action takes place in Hale's mill.)", []),
        ("SCENE: Yare, and a wood near it", []),
        ("The scene is laid at Yare.", []),
    ],
)
def test_entries_of_several_and_of_nobody(entry: str, names: list[str]) -> None:
    assert [role.names[0] for role in roles_in(entry)] == names


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("FIRST LORD. My liege", "FIRST LORD"),
        ("1st Lord. My liege", "1st Lord"),
        ("THE KING.", "THE KING"),
        ("KING EDGAR IV. So be it.", "KING EDGAR IV"),
        ("Mrs. HALE (rises). So be it.", "Mrs. HALE"),
        ("HALE--So be it.", "HALE"),
        ("ALBAN and BORIS. So be it.", "ALBAN and BORIS"),
        ("[HALE] So be it.", "HALE"),
        ("(Hale.) So be it.", "Hale"),
        ("{HALE} So be it.", "HALE"),
        ("HALE> So be it.", "HALE"),
        ("HALE | So be it.", "HALE"),
        ("HALE\tSo be it.", "HALE"),
        ("HALE     So be it.", "HALE"),
        ("+HALE+. So be it.", "HALE"),
        ("(Enter HALE.) So be it.", ""),
        ("MONDAY. So be it.", ""),
        ("ACT I.", ""),
        ("SCENE I. A mill", ""),
        ("CURTAIN.", ""),
        ("THE END.", ""),
        ("Exit HALE.", ""),
        ("ENTER HALE.", ""),
        ("II.", ""),
        ("He went home.", ""),
        ("Mrs.", ""),
    ],
)
def test_what_could_be_a_label(line: str, label: str) -> None:
    found = labels(line)
    assert ([one.text for one in found] or [""])[0] == label


WORDS = "We came over the ford at night and nobody saw the lamp".split()
SPEECHES = st.tuples(
    st.sampled_from(["HALE", "MARIAN", "MRS. TOLLAND"]),
    st.permutations(WORDS).map(lambda words: " ".join(words).capitalize() + "."),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SPEECHES, min_size=4, max_size=12))
def test_all_that_is_said_is_said_once_and_in_order(speeches: list[tuple[str, str]]) -> None:
    speeches = [*speeches, *[("HALE", "So be it."), ("MARIAN", "So be it.")] * 2]
    book = read("ACT I\n\n" + "\n\n".join(f"{who}. {words}" for who, words in speeches))
    assert said(book) == speeches


def test_long_texts_take_linear_time() -> None:
    lines = "\n\n".join(
        f"NAME {'ABCDEFGHIJ'[number % 10]}{'KLMNOPQRST'[number // 10 % 10]}X. I see it." for number in range(6_000)
    )
    begin = time.perf_counter()
    assert read(f"ACT I\n\n{lines}").play
    assert time.perf_counter() - begin < 15


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc><listPerson>
<person xml:id="hale" sex="MALE"><persName>Jonas Hale</persName></person>
<person xml:id="marian" sex="FEMALE"><persName>Marian</persName></person></listPerson></particDesc></profileDesc>
</teiHeader><text><front><castList><head>Persons</head>
<castItem corresp="#hale"><role>JONAS HALE</role><roleDesc>a miller</roleDesc></castItem>
<castItem><role xml:id="marian">Marian</role>, <roleDesc>his wife</roleDesc></castItem></castList></front>
<body><div type="act"><head>Act I</head><div type="scene"><head>Scene 1</head><stage>Enter Hale and Marian.</stage>
<sp who="#hale"><speaker>HALE.</speaker><p>I shut it. <stage>(goes)</stage> I bolted it.</p></sp>
<sp who="#marian"><speaker>MAR.</speaker><stage>aside</stage><l>I was asleep,</l><l>and I heard it.</l></sp>
<sp who="#hale"><p>Then sleep.</p><p>I will sit up.</p></sp>
<sp who="#hale #marian"><speaker>BOTH</speaker><p>The wheel!</p></sp></div></div></body></text></TEI>"""


def test_tei_gives_its_own_marks() -> None:
    book = read(TEI, "mill.xml")
    assert said(book) == [
        ("HALE", "I shut it. I bolted it."),
        ("MAR", "I was asleep, and I heard it."),
        ("Hale", "Then sleep. I will sit up."),
        ("BOTH", "The wheel!"),
    ]
    assert book.play
    assert [speech.who for speech in book.play.speeches] == [("hale",), ("marian",), ("hale",), ("hale", "marian")]
    assert [(role.id, role.names[0], role.description, role.gender) for role in book.play.roles] == [
        ("hale", "Jonas Hale", "a miller", "male"),
        ("marian", "Marian", "his wife", "female"),
    ]
    assert next(book.text[span.start : span.end] for span in book.play.directions) == "Enter Hale and Marian."


@pytest.mark.parametrize(
    ("file", "speakers"),
    [
        ("08-phantom-narrator/caps_play.txt", 6),
        ("08-phantom-narrator/play_nonames.txt", 3),
        ("08-phantom-narrator/screenplay.txt", 2),
    ],
)
def test_small_plays_of_the_data(file: str, speakers: int, data_folder: Path) -> None:
    assert len({label for label, _ in said(read_book(data_folder / "faults" / file))}) == speakers


SIX = {
    "A_Dolls_House_Henrik_Ibsen": ("Torvald Helmer", "Nora", "Doctor Rank", "Mrs. Linde", "Nils Krogstad", "Porter"),
    "Ghosts_Henrik_Ibsen": ("Mrs. Alving", "Oswald Alving", "Manders", "Engstrand", "Regina Engstrand"),
    "Hedda_Gabler_Henrik_Ibsen": ("George Tesman", "Hedda Tesman", "Mrs. Elvsted", "Judge Brack", "Berta"),
    "A_Midsummer_Nights_Dream_William_Shakespeare": ("Theseus", "Egeus", "Puck", "Bottom", "Titania"),
    "Henry_VIII_William_Shakespeare": ("Cardinal Wolsey", "Cardinal Campeius", "Duke of Norfolk", "Crier"),
    "King_John_William_Shakespeare": ("King John", "Robert Falconbridge", "Philip", "Blanch of Spain"),
}


@pytest.mark.parametrize("title", SIX)
def test_real_plays_have_their_dramatis_personae(title: str, data_folder: Path) -> None:
    book = read_book(data_folder / "massey" / "books" / f"{title}.txt")
    assert book.play
    assert {*SIX[title]} <= {role.names[0] for role in book.play.roles}
    spoken = sum(piece.end - piece.start for speech in book.play.speeches for piece in speech.pieces)
    assert spoken > 0.6 * sum(chapter.end - chapter.start for chapter in book.chapters)


def test_real_novels_are_no_plays(data_folder: Path) -> None:
    for name in (
        "massey/books/Babbitt_Sinclair_Lewis.txt",
        "massey/books/Dracula_Bram_Stoker.txt",
        "gutenberg/11/11.txt",
    ):
        assert read_book(data_folder / name).play is None, name
