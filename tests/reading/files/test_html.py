"""HTML: real books whole, and each rule of the walker on a few lines."""

from __future__ import annotations

import re
import time
from collections import Counter
from html import escape
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import UnreadableSource
from litgraph.reading.files.html import read_html
from litgraph.reading.files.markup import decode_markup
from litgraph.reading.mapped import MADE, Block

REAL = [
    # file, title, author, headings, entries of the contents
    ("11/11-h.htm", "Alice's Adventures in Wonderland", "Lewis Carroll", 16, 12),
    ("1342/1342-h.htm", "Pride and Prejudice", "Jane Austen", 63, 62),
    ("84/84-h.htm", "Frankenstein", "Mary Wollstonecraft (Godwin) Shelley", 33, 28),
]


def blocks(body: str) -> list[Block]:
    return list(read_html(body.encode(), "book.html").blocks)


def texts(body: str) -> list[str]:
    return [" ".join(block.content.text.split()) for block in blocks(body)]


def roles(body: str) -> list[tuple[str, str]]:
    return [(" ".join(block.content.text.split()), block.role) for block in blocks(body)]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize(("file", "title", "author", "headings", "entries"), REAL)
def test_real_books(data_folder: Path, file: str, title: str, author: str, headings: int, entries: int) -> None:
    document = read_html((data_folder / "gutenberg" / file).read_bytes(), file)
    assert (document.metadata.title, document.metadata.author, document.metadata.language) == (title, author, "en")
    assert sum(block.heading > 0 for block in document.blocks) == headings
    assert sum(block.role == "contents" for block in document.blocks) == entries
    assert {block.role for block in document.blocks} <= {"", "contents"}
    assert "Project Gutenberg" in document.blocks[0].content.text
    assert document.blocks[-1].content.text.endswith("subscribe to our email newsletter to hear about new eBooks.")
    lines = [block.content.text for block in document.blocks]
    assert sum(line.startswith("*** START OF THIS PROJECT GUTENBERG EBOOK") for line in lines) == 1
    assert "Language: English" in lines


@pytest.mark.parametrize("file", [row[0] for row in REAL])
def test_no_word_of_a_real_book_is_lost_or_doubled(data_folder: Path, file: str) -> None:
    data = (data_folder / "gutenberg" / file).read_bytes()
    body = lxml.html.document_fromstring(re.sub(r"<br\s*/?>", "\n", data.decode("utf-8-sig")).encode()).find("body")
    assert body is not None
    ours = "\n".join(block.content.text for block in read_html(data, file).blocks)
    assert words(ours) == words(body.text_content())


@pytest.mark.parametrize("file", [row[0] for row in REAL])
def test_every_character_of_a_real_book_is_at_its_offset(data_folder: Path, file: str) -> None:
    data = (data_folder / "gutenberg" / file).read_bytes()
    source, _ = decode_markup(data, "x.htm")
    last = -1
    for block in read_html(data, file).blocks:
        for character, offset in zip(block.content.text, block.content.offsets, strict=True):
            if offset != MADE:
                assert source[offset] in (character, "&") or (character == "\n" and source[offset].isspace())
                assert offset > last
                last = offset


def test_blocks_end_where_elements_do_and_words_do_not() -> None:
    assert texts("<p><span class=smcap>M<small>R</small></span>. <i>Ben</i>net</p><p>two<div>three</div>four") == [
        "MR. Bennet",
        "two",
        "three",
        "four",
    ]
    assert texts("<ul><li>one<li>two</ul><dl><dt>a<dd>b</dl>tail<hr>end") == ["one", "two", "a", "b", "tail", "end"]


def test_line_breaks() -> None:
    assert [block.content.text for block in blocks("<p>one<br/>\n two</p><h2>I<br><br>Title</h2>")] == [
        "one\ntwo",
        "I\nTitle",
    ]
    assert texts("<p>one<br><br>two</p>") == ["one", "two"]


def test_headings() -> None:
    found = blocks("<h1>A</h1><h2>B<p>text</p><p>more</p><h3><div>C</div></h3><p>tail")
    assert [(block.content.text, block.heading) for block in found] == [
        ("A", 1),
        ("B", 2),
        ("text", 0),
        ("more", 0),
        ("C", 3),
        ("tail", 0),
    ]


def test_cells_of_a_row_are_one_block() -> None:
    assert texts("<table><caption>T</caption><tr><td>one<td>two<tr><th>3</th><td><b>4</b></td></tr></table>x") == [
        "T",
        "one two",
        "3 4",
        "x",
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    found = blocks("<pre>\n\nTitle: A &amp; B\n   or C\n\nAuthor: D\n</pre>after")
    assert [block.content.text for block in found] == ["Title: A & B\n   or C", "Author: D", "after"]


@pytest.mark.parametrize(
    "body",
    [
        '<p>be<span class="pagenum">[Pg 12]</span>fore</p>',
        '<p>be<span class="x pageno"><span>12</span></span>fore</p>',
        '<p>be<a id="page_12"></a>fore</p>',
        '<p>be<span epub:type="pagebreak" id="p12"/>fore</p>',
        "<p>be<script>x</script><svg><title>t</title><text>y</text></svg><!-- z -->fore</p>",
        '<p>be<img alt="[Illustration]"/>fore</p>',
        '<p>before<a href="#note1">[1]</a></p>',
        '<p>before<a href="notes.xhtml#n1"><sup>12</sup></a></p>',
        '<p>before<sup><a href="#n1">a</a></sup></p>',
        '<p>before<a class="fnanchor" href="#n1">1</a></p>',
        '<p>before<a href="#n1">*</a></p>',
        '<div class="pagenum">12</div><p>before</p>',
    ],
)
def test_what_is_not_read(body: str) -> None:
    assert texts(body) == ["before"]


def test_a_page_number_that_never_ends_costs_no_paragraph() -> None:
    assert texts('<p>one <span class="pagenum">12</p><p>two</p>') == ["one", "two"]


def test_links_that_are_text_stay() -> None:
    body = '<p>See <a href="#c1">chapter 1</a> of <a href="https://example.org/#a">[2]</a> this long paragraph.</p>'
    assert roles(body) == [("See chapter 1 of [2] this long paragraph.", "")]


@pytest.mark.parametrize(
    "body",
    [
        '<p class="toc">one</p><p class="toc">two</p>',
        '<p><a href="#a">one</a></p><p><a href="b.htm.html#b">two</a></p>',
        '<nav epub:type="toc"><ol><li><a href="1.xhtml">one</a></li><li>two</li></ol></nav>',
        '<ul><li><a href="#a">1</a> one</li><li><a href="#b">2</a> two</li></ul>',
        '<table><tr><td><a href="#a">I.</a><td>one<tr><td><a href="#b">II.</a><td>two</table>',
    ],
)
def test_tables_of_contents(body: str) -> None:
    assert {role for _, role in roles(body)} == {"contents"}
    assert len(blocks(body)) == 2
    assert roles(f"{body}<p>text</p>")[-1] == ("text", "")


def test_what_only_looks_like_contents() -> None:
    assert roles('<h2><a href="#contents">CHAPTER I</a></h2>') == [("CHAPTER I", "")]
    assert roles(f'<p class="toc">{"A letter. " * 40}</p>')[0][1] == ""
    assert (
        roles(f'<table><tr><td><p>{"Text. " * 200}<a href="#x">See</a></p><p>More.</p></td></tr></table>')[0][1] == ""
    )


def test_notes() -> None:
    body = (
        '<div class="footnotes"><p>one</p></div><aside epub:type="footnote">two</aside><p class="transnote">three</p>x'
    )
    assert roles(body) == [("one", "note"), ("two", "note"), ("three", "note"), ("x", "")]


def test_a_drop_cap_is_a_letter() -> None:
    source = '<p class="nind"><img src="i.png" alt="I" />T is a truth</p><p><img alt="N"></p><p>a <img alt="b"></p>'
    found = blocks(source)
    assert [block.content.text for block in found] == ["IT is a truth", "a"]
    assert source[found[0].content.offsets[0]] == "I"
    assert source[found[0].content.offsets[0] - 5 :].startswith('alt="I"')


def test_metadata() -> None:
    page = (
        '<html xml:lang="en-GB"><head><title>The Project Gutenberg eBook of Emma, by Jane Austen.</title>{}</head>'
        "<body><p>Emma Woodhouse</p></body></html>"
    )
    plain = read_html(page.format("").encode(), "x").metadata
    assert (plain.title, plain.author, plain.language, plain.identifier) == ("Emma", "Jane Austen", "en", "")
    told = read_html(
        page.format(
            '<meta name="dc.title" content="Emma: A Novel"><meta name="dc.creator" content="Austen, Jane">'
            '<meta name="dcterms.source" content="https://www.gutenberg.org/files/158/158-h/158-h.htm">'
            '<meta name="dcterms.issued" content="1994-08-01">'
        ).encode(),
        "x",
    ).metadata
    assert (told.title, told.author, told.identifier, told.release) == (
        "Emma: A Novel",
        "Austen, Jane",
        "pg158",
        "1994-08-01",
    )


def test_a_title_needs_no_head() -> None:
    document = read_html(b"<title>Emma | Project Gutenberg</title><p>Emma Woodhouse", "x")
    assert document.metadata.title == "Emma"
    assert [block.content.text for block in document.blocks] == ["Emma Woodhouse"]


def test_gutenbergs_own_sections() -> None:
    marked = '<section id="pg-header"><h2>The Project Gutenberg eBook</h2><div>*** START OF THE PROJECT</div></section>'
    assert texts(f"{marked}<p>text</p>") == ["The Project Gutenberg eBook", "*** START OF THE PROJECT", "text"]
    bare = '<section id="pg-header"><p>Free</p></section><p>text</p><section id="pg-footer">Licence</section>'
    assert texts(bare) == ["text"]
    assert len(texts(f'<section id="pg-header"><p>free</p>{"<p>A whole book. </p>" * 4000}')) == 4001


def test_nothing_to_read() -> None:
    with pytest.raises(UnreadableSource, match=r"cover\.html"):
        read_html(b"<html><head><title>Cover</title></head><body><img alt='Cover'></body></html>", "cover.html")


NAMES = st.sampled_from(["p", "div", "i", "span", "b", "h2", "li", "blockquote", "td", "tr", "table", "em", "section"])
TREES = st.recursive(
    st.text(alphabet="abé &<>'\n", max_size=8),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=4)),
    max_leaves=20,
)


def _source(tree: object) -> str:
    if isinstance(tree, tuple):
        return f"<{tree[0]}>{''.join(map(_source, tree[1]))}</{tree[0]}>"
    return escape(str(tree))


def _text(tree: object) -> str:
    return "".join(map(_text, tree[1])) if isinstance(tree, tuple) else str(tree)


@settings(deadline=None, max_examples=200)
@given(TREES)
def test_nested_markup_gives_its_text_once_and_in_order(tree: object) -> None:
    source = f"<body>{_source(tree)}<p>end</p>"
    found = read_html(source.encode(), "x").blocks
    ours = "".join(block.content.text for block in found)
    assert "".join(ours.split()) == "".join((_text(tree) + "end").split())
    for block in found:
        for character, offset in zip(block.content.text, block.content.offsets, strict=True):
            assert (
                offset == MADE or source[offset] in (character, "&") or (character == "\n" and source[offset].isspace())
            )


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from("<p> </p> <div> </div> <h2> </h2> <td> </td> <i> <li> <tr> <br> </b> x".split()), max_size=30
    )
)
def test_tags_that_do_not_match_cost_no_word(pieces: list[str]) -> None:
    found = "".join(texts("".join(pieces) + "end"))
    assert found.replace(" ", "") == "x" * pieces.count("x") + "end"


@pytest.mark.parametrize(
    "unit",
    [
        *"<p> <div> <b><p>x </div> <table><tr><td> <br>x <h2>x <svg> <li>x <sup>".split(),
        "<a href='#x'>[1]</a> x ",
        "<a href='#x'>y",
        "<span class=pagenum>",
        "<ul><li><a href='#x'>y</a>",
        "<section id=pg-header>x",
    ],
)
def test_hostile_pages_take_linear_time(unit: str) -> None:
    start = time.process_time()
    read_html(("x<p>" + unit * (300_000 // len(unit))).encode(), "x")
    assert time.process_time() - start < 3
