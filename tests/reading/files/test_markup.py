"""The tokenizer and the block builder: nothing lost, nothing twice, every offset right, in linear time."""

from __future__ import annotations

import re
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.reading.files.markup import BlockBuilder, Tag, decode_markup, language_code, read_markup
from litgraph.reading.mapped import MADE, MappedText


def texts(source: str, *, xml: bool = False) -> list[str]:
    return [item.text for item in read_markup(source, xml=xml) if isinstance(item, MappedText)]


def tags(source: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(item.kind, item.name, item.attributes) for item in read_markup(source) if isinstance(item, Tag)]


def test_tags_with_their_attributes() -> None:
    source = '<P Class="a b" id=x checked>one</p ><br/><img alt=\'a "b" > c\' src=i.png /><svg:g/>'
    assert tags(source) == [
        ("open", "p", {"class": "a b", "id": "x", "checked": ""}),
        ("close", "p", {}),
        ("empty", "br", {}),
        ("empty", "img", {"alt": 'a "b" > c', "src": "i.png"}),
        ("empty", "g", {}),
    ]


def test_attributes_are_decoded() -> None:
    assert tags('<a title="Tom &amp; Jerry&#39;s" epub:type="noteref">') == [
        ("open", "a", {"title": "Tom & Jerry's", "epub:type": "noteref"})
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<!-- a > b -->x",
        "<!---->x",
        "<!-->x",
        "<!DOCTYPE html>x",
        '<!DOCTYPE html [ <!ENTITY a "b"> ]>x',
        "<?xml version='1.0'?>x",
        "<script>if (a < b) '</p>'</script>x",
        "<STYLE>p > a {}</STYLE>x",
    ],
)
def test_what_is_no_text(source: str) -> None:
    assert "".join(texts(source)) == "x"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a < b & c > d", "a < b & c > d"),
        ("a <b", "a <b"),
        ("1 <2> 3", "1 <2> 3"),
        ("AT&T &c. &unknown; &amp", "AT&T &c. &unknown; &"),
        ("&lt;p&gt; &eacute;&#233;&#xE9; &#150;", "<p> ééé –"),
        ("&NotEqualTilde;x", "≂̸x"),
        ("a&#1;b", "ab"),
        ("<![CDATA[a < b]]>", "a < b"),
        ("<!-- never closed <i>x</i>", "x"),
        ("tail &", "tail &"),
        ("tail &#", "tail &#"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert "".join(texts(source)) == text


def test_a_processing_instruction_of_xml_may_hold_a_tag() -> None:
    assert texts("<?x a>b ?>c", xml=True) == ["c"]


def test_names_of_xml_may_have_accents() -> None:
    assert texts("<épître>a</épître>", xml=True) == ["a"]


def test_offsets_of_references() -> None:
    source = "a&NotEqualTilde;b&#233;c"
    (text,) = (item for item in read_markup(source) if isinstance(item, MappedText))
    assert text.text == "a≂̸béc"
    assert list(text.offsets) == [0, 1, MADE, 16, 17, 23]


SOUP = st.lists(
    st.sampled_from(
        [
            *"< > </ /> <!-- --> <! <? <![CDATA[ ]]> & &# &amp; ; \" ' = <p <a <script> </script p é [ ]".split(),
            *(" ", "\n", "<a href="),
        ]
    ),
    max_size=40,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(SOUP, st.booleans())
def test_any_soup_is_read_in_order_and_at_its_place(source: str, xml: bool) -> None:
    last = -1
    for item in read_markup(source, xml=xml):
        if isinstance(item, Tag):
            assert last < item.start < item.end <= len(source)
            last = item.end - 1
            continue
        for character, offset in zip(item.text, item.offsets, strict=True):
            if offset != MADE:
                assert last < offset < len(source)
                assert source[offset] in (character, "&")
                last = offset


PLAIN = st.text(alphabet="ab é<>&'\"\n", min_size=1, max_size=12)
MARKUP = st.recursive(
    PLAIN.map(lambda text: (text, escape(text))),
    lambda inner: st.tuples(st.sampled_from(["i", "p", "div", "x:y"]), st.lists(inner, max_size=4)).map(
        lambda node: (
            "".join(text for text, _ in node[1]),
            f'<{node[0]} a="&lt;>">' + "<!-- > -->".join(source for _, source in node[1]) + f"</{node[0]}>",
        )
    ),
    max_leaves=15,
)


@settings(deadline=None, max_examples=200)
@given(MARKUP, st.booleans())
def test_the_text_comes_back_once_and_in_order(markup: tuple[str, str], xml: bool) -> None:
    text, source = markup
    assert "".join(texts(source, xml=xml)) == text


@pytest.mark.parametrize(
    "unit",
    [
        *"< <a <!-- <! </ <? <![CDATA[ <script> & &# &a <p> <p></i> <b> </p> =".split(),
        *("<a ", "<!DOCTYPE [", "<a b='", '<a b="><a" ', "<a x", "x ", " ", "\n", " \n"),
    ],
)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    source = unit * (400_000 // len(unit))
    for whole in (source, source + ">"):
        start = time.process_time()
        builder = BlockBuilder()
        for item in read_markup(whole):
            if isinstance(item, MappedText):
                builder.add(item)
        builder.finish()
        assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        ("é “x”".encode(), "é “x”", False),
        (b"\xef\xbb\xbf\xc3\xa9", "é", False),
        ("é".encode("utf-16"), "é", False),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>\x93\xe9\x94', "“é”", False),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xc0', "А", False),
        (b'<meta charset="koi8-r">\xe1', "А", False),
        (b"\x93caf\xe9\x94", "“café”", True),
        (b'<meta charset="unicode_escape">\\u0041\xe9', "\\u0041é", True),
        (b'<meta charset="no-such">\xe9\x81', "é\ufffd", True),
    ],
)
def test_encodings(data: bytes, text: str, guessed: bool) -> None:
    source, notices = decode_markup(data, "x.htm")
    assert re.sub(r"<[^>]*>", "", source) == text
    assert bool(notices) == guessed


def test_languages() -> None:
    assert [language_code(tag) for tag in ("en", "EN-gb", "eng", "fr_CA", "")] == ["en", "en", "en", "fr", ""]


def build(*steps: str, **options: int | bool) -> list[str]:
    builder = BlockBuilder()
    for step in steps:
        if step == "<br>":
            builder.break_line(**options)  # type: ignore[arg-type]
        else:
            builder.add(MappedText.from_source(step))
    builder.finish(**options)  # type: ignore[arg-type]
    return [block.content.text for block in builder.blocks]


def test_lines_are_kept_and_indentation_is_not() -> None:
    assert build("  one\r\n   two  \n three ") == ["one\ntwo\nthree"]
    assert build(" \n ", "\u00a0") == []


def test_one_break_is_a_line_and_two_are_a_paragraph() -> None:
    assert build("one", "<br>", "\n two", "<br>", " ", "<br>", "three", "<br>") == ["one\ntwo", "three"]
    assert build("I", "<br>", "<br>", "Title", heading=2) == ["I\nTitle"]


def test_preformatted_text_is_split_at_blank_lines() -> None:
    assert build("\n\nTitle: A\n    or B\n  \n\nAuthor: C\n", pre=True) == ["Title: A\n    or B", "Author: C"]


def test_text_can_be_taken_back() -> None:
    builder = BlockBuilder()
    builder.add(MappedText.from_source("word"))
    mark = builder.mark()
    builder.add(MappedText.from_source("[1]", 4), linked=True)
    assert (builder.since(mark), builder.size, builder.linked) == ("[1]", 7, 3)
    builder.forget(mark)
    builder.trim("d")
    builder.finish()
    assert [block.content.text for block in builder.blocks] == ["wor"]
    assert builder.linked_blocks == 0
