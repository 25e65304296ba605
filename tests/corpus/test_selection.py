"""Which books of a catalogue are taken, and each work once."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.corpus.selection.choosing import MOST_TOLD, SelectedBook, Wanted, select
from litgraph.corpus.selection.listing import as_csv
from litgraph.corpus.selection.types import CatalogueEntry, Creator
from litgraph.corpus.selection.works import edition
from litgraph.errors import CorpusError
from litgraph.progress import tell_nobody

GREY = Creator("Grey, Ann", 1801, 1870, "")


def entry(
    number: int,
    title: str,
    *creators: Creator,
    languages: tuple[str, ...] = ("en",),
    subjects: tuple[str, ...] = ("England -- Fiction",),
    kind: str = "Text",
) -> CatalogueEntry:
    return CatalogueEntry(number, kind, "2004-08-11", title, languages, creators or (GREY,), subjects, ("Sea",))


def taken(*entries: CatalogueEntry) -> list[int]:
    return [book.entry.number for book in select(entries, Wanted(), tell=tell_nobody)]


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("The Ash Tree — Volume 08: 1563-64", ("volume 8",)),
        ("The Ash Tree. Vol. VIII (of 9)", ("volume 8",)),
        ("The Ash Tree, Part the Second", ("part 2",)),
        ("The Ash Tree, the second part", ("part 2",)),
        ("The Ash Tree; Or, Ivy (Part 3)", ("part 3",)),
        ("The Ash Tree, Volume 2, Part 29", ("volume 2", "part 29")),
        ("The Ash Tree, Volume 2, Complete", ("volume 2",)),
        ("The Ash Tree, Chapters 06 to 10", ("chapters 6",)),
        ("Ash Tree — Complete", ()),
        ("The Ash Tree (Complete)", ()),
        ("The Ash Tree — Complete (1853-1910)", ()),
        ("The Ash Tree — Complete 1660 N.S.", ("1660 ns",)),
        ("The Ash Tree [A Story of Kent]", ()),
        ("The Ash Tree: A Novel. In Three Volumes. Vol. I", ("volume 1",)),
        ("The Ash Tree, in Three Volumes", ()),
        ("The Ash Tree (2nd Series)", ("series 2",)),
    ],
)
def test_titles_of_parts(title: str, part: tuple[str, ...]) -> None:
    read = edition(entry(1, title))
    assert read.part == part
    assert read.key == ("grey, ann", "ash tree", ("en",))


@pytest.mark.parametrize(
    "title",
    [
        "The Book of Ash",
        "The Three Books",
        "The 3 Books",
        "Room No. 3, and Other Stories",
        "A Complete Guide to Ash",
        "Volume 2",
        "The Second Book of Ash and Elm",
        "Part of Ash",
    ],
)
def test_titles_that_only_look_like_parts(title: str) -> None:
    assert edition(entry(1, title)).part == ()


@pytest.mark.parametrize(
    ("titles", "numbers"),
    [
        (["The Ash Tree", "Ash Tree", "THE ASH TREE"], [0]),
        (["The Ash Tree; Or, Ivy", "The Ash Tree: or, Ivy", "The Ash Tree"], [2]),
        (["The Ash Tree (Illustrated)", "The Ash Tree"], [1]),
        (["The Ash Tree — Volume 1", "The Ash Tree — Volume 2", "The Ash Tree — Complete"], [2]),
        (["The Ash Tree — Volume 1", "The Ash Tree — Volume 2", "The Ash Tree, Vol. I"], [0, 1]),
        (["Ash, Volume 1, Part 1", "Ash, Volume 1, Part 2", "Ash, Volume 1, Complete", "Ash, Volume 2"], [2, 3]),
        (["Ash. Book 1", "Ash. Volume 1"], [0, 1]),
        (["Ash: Spring", "Ash: Autumn"], [0, 1]),
        (["The Entire Project Gutenberg Works of Ann Grey", "Ash", "Quotations from the Works of Ann Grey"], [1]),
        (["The Complete Works of Ann Grey — Volume 1", "The Complete Works of Ann Grey — Volume 2"], [0, 1]),
        (["Ash", "Ash and Elm", "Ash Tree"], [0, 1, 2]),
    ],
)
def test_each_work_is_taken_once(titles: list[str], numbers: list[int]) -> None:
    assert taken(*(entry(number + 1, title) for number, title in enumerate(titles))) == [n + 1 for n in numbers]


def test_other_authors_languages_and_nobody_are_other_works() -> None:
    other, various = Creator("Fox, Tom", None, None, ""), Creator("Various", None, None, "")
    assert taken(entry(1, "Ash"), entry(2, "Ash", other), entry(3, "Ash", languages=("fr",))) == [1, 2, 3]
    assert taken(entry(1, "Wasp, Vol. 1", various), entry(2, "Wasp, Vol. 2", various), entry(3, "Wasp", various)) == [
        1, 2, 3,
    ]  # fmt: skip


def test_only_texts_are_taken_and_each_number_once() -> None:
    assert taken(entry(1, "Ash"), entry(2, "Elm", kind="Sound"), entry(1, "Ash")) == [1]


def test_what_is_left_out_is_told_and_listed() -> None:
    told: list[str] = []
    entries = [
        entry(1, "Ash"),
        *(entry(number, f"Ash — Volume {number - 1}") for number in range(2, 10)),
        entry(10, "The Works of Ann Grey"),
        entry(11, "Elm, Part 1"),
        entry(12, "Elm, Part 2"),
    ]
    books = select(entries, Wanted(), tell=told.append)
    assert told == [
        "pg1 Ash: taken instead of its other editions or parts pg2, pg3, pg4, pg5, pg6, pg7 and 2 more",
        "pg11 Elm, Part 1: no edition has the whole, so its 2 parts are taken",
        "pg10 The Works of Ann Grey: left out as collected works, beside single ones",
    ]
    rows = list(csv.DictReader(io.StringIO(as_csv(books))))
    assert [(row["id"], row["part"]) for row in rows] == [("pg1", ""), ("pg11", "part 1"), ("pg12", "part 2")]
    assert rows[0]["other_editions"] == "pg2; pg3; pg4; pg5; pg6; pg7; pg8; pg9"
    assert (rows[0]["author"], rows[0]["author_born"], rows[0]["author_died"]) == ("Grey, Ann", "1801", "1870")


def test_many_works_are_told_shortly() -> None:
    told: list[str] = []
    names = "abcdefghijklmnopqrstuvwxyz"
    select([entry(2 * n + k, f"Tree {names[n]}") for n in range(26) for k in (1, 2)], Wanted(), tell=told.append)
    assert len(told) == MOST_TOLD + 1
    assert told[-1].startswith("… and 6 works more")


def test_all_editions_are_taken_on_demand() -> None:
    books = select([entry(1, "Ash"), entry(2, "Ash, Vol. 1")], Wanted(), all_editions=True, tell=tell_nobody)
    assert books == [SelectedBook(entry(1, "Ash")), SelectedBook(entry(2, "Ash, Vol. 1"))]


BOOKS = (
    entry(1, "Ash", subjects=("Elms -- Juvenile fiction",)),
    entry(2, "Beech", Creator("Brontë, Charlotte", 1816, 1855, ""), subjects=("Sea stories",)),
    entry(3, "Cedar", subjects=("English fiction -- History and criticism",)),
    entry(4, "Date", languages=("de", "en")),
    entry(5, "Elm", Creator("Fox, Tom", None, None, ""), Creator("Brontë, Anne", 1820, 1849, "Editor")),
)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(languages=("EN",)), [1, 2, 3, 5]),
        (Wanted(languages=("en", "de")), [1, 2, 3, 4, 5]),
        (Wanted(subjects=("fiction",)), [1, 4, 5]),
        (Wanted(subjects=("Fiction", "sea stories")), [1, 2, 4, 5]),
        (Wanted(subjects=("criticism",)), [3]),
        (Wanted(subjects=("fict",), bookshelves=("sea",)), []),
        (Wanted(bookshelves=("sea",), without=("juvenile",)), [2, 3, 4, 5]),
        (Wanted(authors=("charlotte bronte",)), [2]),
        (Wanted(authors=("Bronte", "Fox")), [2, 5]),
        (Wanted(titles=("elm",)), [5]),
        (Wanted(born_after=1810), [2]),
        (Wanted(born_before=1810), [1, 3, 4]),
    ],
)
def test_conditions(wanted: Wanted, numbers: list[int]) -> None:
    if numbers:
        assert [book.entry.number for book in select(BOOKS, wanted, tell=tell_nobody)] == numbers
    else:
        with pytest.raises(CorpusError):
            select(BOOKS, wanted, tell=tell_nobody)


def test_when_nothing_fits_the_hint_says_what_each_condition_leaves() -> None:
    with pytest.raises(CorpusError) as caught:
        select(BOOKS, Wanted(languages=("en",), authors=("Austin",)), tell=tell_nobody)
    assert caught.value.hint == 'Of its 5 texts are: 4 in "en"; 0 by "Austin".'


TITLES = st.lists(
    st.sampled_from(["Ash", "Ash: Ivy", "Ash — Complete", "Ash, Vol. 1", "Ash, Volume 1, Part 2", "Elm", "Works"]),
    min_size=1,
    max_size=9,
)


@given(TITLES)
def test_every_text_is_taken_or_has_one_that_stands_for_it(titles: list[str]) -> None:
    entries = [entry(number, title) for number, title in enumerate(titles, 1)]
    books = select(entries, Wanted(), tell=tell_nobody)
    numbers = [book.entry.number for book in books]
    others = {other.number for book in books for other in book.other_editions}
    assert numbers == sorted(set(numbers))
    assert not set(numbers) & others
    left_over = {one.number for one in entries} - set(numbers) - others
    assert all(titles[number - 1] == "Works" for number in left_over)
