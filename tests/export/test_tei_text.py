from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphs import HOSTILE, xml_clean
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from litgraph.export.tei_text import write_tei_text
from litgraph.types import Book, Cast, Chapter, Entity, Mention, Quotation

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
T = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"

TEXT = (
    "By a Lady\n\n"
    "CHAPTER 1\n\nThe Ball\n\n"
    "“My dear Mr. Bennet,” said his lady at Longbourn, “have you heard?”\n\n"
    "Mr. Bennet & she < one.\n\n"
    "CHAPTER 2\n\n"
    "“It is a truth.\n\n“A second.”\n\n"
    "THE END\n"
)
SECOND = TEXT.index("CHAPTER 2")
BOOK = Book(
    TEXT,
    "Pride",
    "Austen",
    divisions=(
        Chapter(0, "", 0, TEXT.index("CHAPTER 1"), kind="front"),
        Chapter(1, "CHAPTER 1 The Ball", TEXT.index("CHAPTER 1"), SECOND),
        Chapter(2, "CHAPTER 2", SECOND, TEXT.index("THE END")),
        Chapter(0, "", TEXT.index("THE END"), len(TEXT), kind="back"),
    ),
)
CAST = Cast(
    (
        Entity("mr-bennet", "Mr. Bennet", "character", (("Mr. Bennet", 2),), "male"),
        Entity("mrs-bennet", "Mrs. Bennet", "character", (), "female"),
        Entity("longbourn", "Longbourn", "place", (("Longbourn", 1),)),
        Entity("the carriage", "the carriage", "vehicle"),
    )
)


def mention(text: str, entity: str, form: str = "name", after: int = 0) -> Mention:
    start = TEXT.index(text, after)
    return Mention(f"m{start}", start, start + len(text), text, "PER", form, 0, 1, entity)  # type: ignore[arg-type]


def quotation(text: str, speaker: str = "", *addressees: str, how: str = "described") -> Quotation:
    start = TEXT.index(text)
    said = (speaker, addressees, "", how, 0.75 if speaker else 0.0)
    return Quotation(f"q{start}", start, start + len(text), 1, *said)  # type: ignore[arg-type]


MENTIONS = [
    mention("Mr. Bennet", "mr-bennet"),
    mention("his lady", "mrs-bennet", "noun"),
    mention("his", "mr-bennet", "pronoun"),
    mention("Longbourn", "longbourn"),
    mention("you", "mr-bennet", "pronoun"),
    mention("one", "", "pronoun"),
]
QUOTATIONS = [
    quotation("“My dear Mr. Bennet,”", "mrs-bennet", "mr-bennet"),
    quotation("“have you heard?”", "mrs-bennet", "mr-bennet", how="turn"),
    quotation("“It is a truth.\n\n“A second.”"),
]


def written(
    path: Path, *, book: Book = BOOK, mentions: list[Mention] = MENTIONS, said: list[Quotation] = QUOTATIONS
) -> etree._Element:
    write_tei_text(book, CAST, mentions, said, path / "text.xml")
    return etree.parse(path / "text.xml").getroot()


def squeezed(text: str) -> str:
    return " ".join(text.split())


def inner(element: etree._Element) -> str:
    """An element with what is in it, without the namespace."""
    return re.sub(r' xmlns="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))


def test_it_is_tei(tmp_path: Path, schema: etree.RelaxNG) -> None:
    schema.assertValid(written(tmp_path).getroottree())


def test_the_schema_refuses_what_is_no_tei(tmp_path: Path, schema: etree.RelaxNG) -> None:
    written(tmp_path)
    good = (tmp_path / "text.xml").read_text(encoding="utf-8")
    for before, after in (
        ("<said ", "<said whom='#x' "),
        ("<head>", "<p/><head>"),
        ("<rs ", "<p/><rs "),
        ('cert="', 'cert="so '),
    ):
        assert before in good
        assert not schema.validate(etree.fromstring(good.replace(before, after).encode())), after


def test_divisions_headings_and_paragraphs(tmp_path: Path) -> None:
    root = written(tmp_path)
    assert [one.tag.removeprefix(T) for one in root.find("t:text", TEI)] == ["front", "body", "back"]
    chapters = root.findall("t:text/t:body/t:div", TEI)
    assert [(one.get("type"), one.get("n")) for one in chapters] == [("chapter", "1"), ("chapter", "2")]
    assert [[part.tag.removeprefix(T) for part in one] for one in chapters] == [
        ["head", "head", "p", "p"],
        ["head", "p", "p"],
    ]
    assert [one.text for one in chapters[0].iterfind("t:head", TEI)] == ["CHAPTER 1", "The Ball"]


def test_who_says_what_to_whom_and_who_is_meant(tmp_path: Path) -> None:
    first, second = written(tmp_path).findall("t:text/t:body/t:div/t:p", TEI)[:2]
    start = TEXT.index("“My")
    assert inner(first) == (
        f'<p><said n="q{start}" who="#mrs-bennet" cert="0.75" ana="#_how.described" toWhom="#mr-bennet">“My dear '
        '<persName ref="#mr-bennet">Mr. Bennet</persName>,”</said> said <rs ref="#mrs-bennet" type="character">'
        '<rs ref="#mr-bennet" type="character">his</rs> lady</rs> at <placeName ref="#longbourn">Longbourn</placeName>'
        f', <said n="q{TEXT.index("“have")}" who="#mrs-bennet" cert="0.75" ana="#_how.turn" toWhom="#mr-bennet">“have '
        '<rs ref="#mr-bennet" type="character">you</rs> heard?”</said></p>'
    )
    assert second.text == "Mr. Bennet & she < one."


def test_a_quotation_over_paragraphs_is_said_in_each_and_without_a_speaker_if_nobody_knows(tmp_path: Path) -> None:
    said = written(tmp_path).findall("t:text/t:body/t:div[2]/t:p/t:said", TEI)
    assert [one.text for one in said] == ["“It is a truth.", "“A second.”"]
    assert {tuple(one.attrib) for one in said} == {("n",)}


def test_who_is_in_the_book_stands_in_the_header(tmp_path: Path) -> None:
    root = written(tmp_path)
    header = "t:teiHeader/t:profileDesc"
    assert [one.get(ID) for one in root.iterfind(f"{header}/t:particDesc/t:listPerson/t:person", TEI)] == [
        "mr-bennet",
        "mrs-bennet",
    ]
    assert [one.get(ID) for one in root.iterfind(f"{header}/t:settingDesc/t:listPlace/t:place", TEI)] == ["longbourn"]
    assert [one.get(ID) for one in root.iterfind("t:standOff/t:listObject/t:object", TEI)] == ["the_20_carriage"]


def test_what_points_somewhere_finds_it(tmp_path: Path) -> None:
    root = written(tmp_path)
    ids = {one.get(ID) for one in root.iter() if one.get(ID)}
    pointers = [
        pointer
        for one in root.iter()
        for name in ("who", "toWhom", "ref", "ana")
        for pointer in (one.get(name) or "").split()
    ]
    assert pointers and {pointer.removeprefix("#") for pointer in pointers} <= ids


def test_a_mention_that_crosses_is_left_out_and_a_quotation_that_crosses_is_cut(tmp_path: Path) -> None:
    across = mention("Bennet,” said", "mr-bennet")
    crossing = quotation("said his lady at Longbourn, “have", "mr-bennet")
    later = quotation("“have you heard?”", "mrs-bennet")
    paragraph = written(tmp_path, mentions=[across], said=[crossing, later]).find("t:text/t:body/t:div/t:p", TEI)
    assert [one.tag for one in paragraph.iter(f"{T}persName")] == []
    outer = paragraph.find("t:said", TEI)
    assert "".join(outer.itertext()) == "said his lady at Longbourn, “have"
    assert outer.findtext("t:said", namespaces=TEI) == "“have"


def test_a_book_without_chapters_cast_or_text_is_tei_too(tmp_path: Path, schema: etree.RelaxNG) -> None:
    for book in (Book(""), Book("Words.\n"), Book("Words.\n", divisions=(Chapter(0, "", 0, 7, kind="front"),))):
        write_tei_text(book, Cast(()), [], [], tmp_path / "text.xml")
        document = etree.parse(tmp_path / "text.xml")
        schema.assertValid(document)
        assert squeezed("".join(document.find("t:text", TEI).itertext())) == book.text.strip()


paragraphs = st.lists(
    st.text(st.sampled_from("ab “”'&<\x00é"), max_size=12)
    | st.sampled_from([one for one in HOSTILE if "\n" not in one and "\r" not in one]),
    max_size=6,
)
spans = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), max_size=12)


@given(paragraphs, spans, spans, st.data())
@settings(deadline=None, max_examples=150)
def test_the_text_is_kept_and_the_file_is_tei_whatever_is_marked(
    schema: etree.RelaxNG,
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    named: list[tuple[int, int]],
    said: list[tuple[int, int]],
    data: st.DataObject,
) -> None:
    text = "\n\n".join(lines)
    middle = data.draw(st.integers(0, len(text)))
    book = Book(text, divisions=(Chapter(1, "", 0, middle), Chapter(2, "", middle, len(text))))
    one_of = st.sampled_from(["", "nobody", *(entity.id for entity in CAST.entities)])
    forms = st.sampled_from(["name", "noun", "pronoun"])
    mentions = [
        Mention(f"m{index}", start, start + length, "", "PER", data.draw(forms), 0, 1, data.draw(one_of))  # type: ignore[arg-type]
        for index, (start, length) in enumerate(named)
    ]
    quotations = [
        Quotation(
            f"q{index}", start, start + length, 1, data.draw(one_of), tuple(data.draw(st.lists(one_of, max_size=2)))
        )
        for index, (start, length) in enumerate(said)
    ]
    path = tmp_path_factory.getbasetemp() / "random.xml"
    write_tei_text(book, CAST, mentions, quotations, path)
    document = etree.parse(path)
    schema.assertValid(document)
    kept = "".join("".join(one.itertext()) for one in document.iterfind("t:text/t:body/t:div/t:p", TEI))
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", xml_clean(text))
