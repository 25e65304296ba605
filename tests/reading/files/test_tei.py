"""TEI: every element that is read in its own way, and XML that is not to be trusted."""

from __future__ import annotations

import time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import UnreadableSource, UnsafeSource
from litgraph.reading.files.tei import read_tei
from litgraph.reading.mapped import MADE, Block, Document

HEADER = """<teiHeader><fileDesc><titleStmt><title type="sub">a tragedy</title><title>Hamlet,
  Prince of Denmark</title><author><persName><forename>William</forename> <surname>Shakespeare</surname></persName>
  </author></titleStmt><publicationStmt><idno>https://www.gutenberg.org/ebooks/1524</idno><date when="1998-11">November
  1998</date></publicationStmt></fileDesc><profileDesc><langUsage><language ident="eng">English</language></langUsage>
  </profileDesc></teiHeader>"""


def tei(text: str, *, header: str = "<teiHeader/>", prolog: str = "") -> bytes:
    return f'{prolog}<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text>{text}</text></TEI>'.encode()


def read(text: str) -> Document:
    return read_tei(tei(text), "play.xml")


def texts(text: str) -> list[str]:
    return [block.content.text for block in read(text).blocks]


def line(text: str) -> list[str]:
    return [" ".join(block.split()) for block in texts(text)]


def test_metadata() -> None:
    metadata = read_tei(tei("<body><p>x</p></body>", header=HEADER), "hamlet.xml").metadata
    assert metadata.title == "Hamlet, Prince of Denmark"
    assert metadata.author == "William Shakespeare"
    assert (metadata.language, metadata.release, metadata.identifier) == ("en", "1998-11", "pg1524")


def test_front_body_and_back_with_headings_by_depth() -> None:
    found = read(
        "<front><titlePage><docTitle><titlePart>Title</titlePart></docTitle>"
        "<byline>by <docAuthor>A</docAuthor></byline></titlePage></front>"
        "<body><div1><head>Act I</head><div2><head>Scene <lb/>1</head><p>one</p><p>two</p></div2>"
        "<lg><head>A song</head><l>la</l></lg></div1></body><back><div><head>Index</head></div></back>"
    ).blocks
    assert [(block.content.text, block.heading) for block in found] == [
        ("Title", 0),
        ("by", 0),
        ("A", 0),
        ("Act I", 1),
        ("Scene\n1", 2),
        ("one", 0),
        ("two", 0),
        ("A song", 0),
        ("la", 0),
        ("Index", 1),
    ]


def test_a_stanza_is_one_block_of_lines() -> None:
    assert texts(
        "<body><lg><lg><l>one</l>\n<l>two</l></lg>\n<lg><l>three</l></lg></lg><l>four</l><l>five</l></body>"
    ) == [
        "one\ntwo",
        "three",
        "four\nfive",
    ]


def test_a_speech_follows_its_speaker() -> None:
    assert line(
        "<body><sp><speaker>HAMLET</speaker>\n<l>To be,</l>\n<l>or not to be.</l></sp>"
        "<sp><speaker>Ophelia.</speaker> <stage>aside</stage> <p>My lord <stage>weeps</stage></p><p>Well?</p></sp>"
        "<stage>Exeunt.</stage><sp><speaker>ALL</speaker><lg><l>Long</l><l>live</l></lg></sp></body>"
    ) == [
        "HAMLET. To be, or not to be.",
        "Ophelia. [aside] My lord [weeps]",
        "Well?",
        "Exeunt.",
        "ALL. Long live",
    ]


def test_notes_stand_after_the_paragraph_that_they_interrupt() -> None:
    found = read("<body><p>be<note n='1'><p>first</p><p>second</p></note>fore</p><note>third</note><p>after</p></body>")
    assert [(block.content.text, block.role) for block in found.blocks] == [
        ("before", ""),
        ("first", "note"),
        ("second", "note"),
        ("third", "note"),
        ("after", ""),
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "be<pb n='2'/>fo<fw>PAGE</fw>re",
        "be<choice><orig>f</orig><reg>fo</reg></choice>re",
        "be<choice>\n<corr>fo</corr>\n<sic>of</sic></choice>re",
        "be<choice><abbr>f</abbr><expan>f<ex>o</ex></expan></choice>re",
        "be<choice><unclear>fo</unclear><unclear>to</unclear></choice>re",
        "be-\n  <lb break='no'/>\n  fore",
        "be\u00ad<pb break='no'/> fore",
        "<hi>be</hi><q>fo</q><persName>re</persName>",
        "be<subst><del>x</del><add>fo</add></subst>re",
        "<w>be</w><!-- > --><w>fore</w><?x > ?>",
        "be<![CDATA[fo]]>re",
    ],
)
def test_what_is_printed_is_not_always_read(inside: str) -> None:
    assert texts(f"<body><p>{inside}</p></body>") == ["before"]


def test_lists_tables_and_contents() -> None:
    found = read(
        "<front><div type='contents'><list><item>I. <ref target='#a'>One</ref></item><item>II.</item></list></div>"
        "</front><body><table><head>T</head><row><cell>a</cell><cell>b</cell></row></table><p>x</p></body>"
    )
    assert [(block.content.text, block.role) for block in found.blocks] == [
        ("I. One", "contents"),
        ("II.", "contents"),
        ("T", ""),
        ("a b", ""),
        ("x", ""),
    ]


def test_prefixes_and_older_roots() -> None:
    data = b'<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:p>one</t:p></t:text></t:TEI>'
    assert [block.content.text for block in read_tei(data, "x").blocks] == ["one"]
    old = b'<!DOCTYPE TEI.2 SYSTEM "teixlite.dtd"><TEI.2><text><body><p>one</p></body></text></TEI.2>'
    assert [block.content.text for block in read_tei(old, "x").blocks] == ["one"]


BOMB = '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        tei("<p>&b;</p>", prolog=BOMB),
        tei("<p>&x;</p>", prolog='<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        tei("<p>x</p>", prolog='<!-- [ --><!DOCTYPE TEI [<!ATTLIST p rend CDATA "x">]>'),
        tei("<hi>" * 100_000 + "x" + "</hi>" * 100_000),
    ],
)
def test_unsafe_xml(data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(UnsafeSource, match=r"play\.xml") as caught:
        read_tei(data, "play.xml")
    assert time.process_time() - start < 3
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not well-formed"),
        (tei("<p>one\n<i>two</p>"), r"not well-formed XML.*line 2"),
        (tei("<p>&nbsp;</p>"), "not well-formed"),
        (tei("<p>\0</p>"), "XML"),
        (b"<html><body><p>x</p></body></html>", "not TEI: its root element is <html>"),
        (tei("<body><pb/></body>"), "without any text"),
        (b"<TEI><teiHeader/></TEI>", "without any text"),
        (tei("<p>" + "<" * 1_000_000), "not well-formed"),
    ],
)
def test_what_is_no_tei(data: bytes, what: str) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableSource, match=what) as caught:
        read_tei(data, "play.xml")
    assert time.process_time() - start < 3
    assert caught.value.hint


TREES = st.recursive(
    st.text(alphabet="abé &<>\n", max_size=8),
    lambda inner: st.tuples(
        st.sampled_from("p div l lg hi q head item list quote persName opener stage".split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


def _source(tree: object) -> str:
    if isinstance(tree, tuple):
        return f"<{tree[0]}>{''.join(map(_source, tree[1]))}</{tree[0]}>"
    return escape(str(tree))


def _text(tree: object) -> str:
    return "".join(map(_text, tree[1])) if isinstance(tree, tuple) else str(tree)


def _at_its_place(block: Block, source: str) -> bool:
    return all(
        offset == MADE or source[offset] in (character, "&") or (character == "\n" and source[offset].isspace())
        for character, offset in zip(block.content.text, block.content.offsets, strict=True)
    )


@settings(deadline=None, max_examples=200)
@given(TREES)
def test_nested_markup_gives_its_text_once_and_in_order(tree: object) -> None:
    data = tei(f"<body>{_source(tree)}<p>end</p></body>")
    found = read_tei(data, "x").blocks
    assert "".join("".join(block.content.text for block in found).split()) == "".join((_text(tree) + "end").split())
    assert all(_at_its_place(block, data.decode()) for block in found)
