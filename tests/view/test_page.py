"""The page as a file: what it holds, that nothing in it can leave its place, and that it asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx
import pytest
from graphs import HOSTILE, hostile_graph, hostile_text, pride
from hypothesis import given, settings

from litgraph.types import Chapter, Mention, Quotation, Span
from litgraph.view.page.contents import PageText, contents
from litgraph.view.page.document import SCRIPTS, document, in_script
from litgraph.view.page.excerpts import excerpts, page_of

ASSETS = Path(__file__).parents[2] / "litgraph" / "view" / "page"


class Parsed(HTMLParser):
    """The elements of a page, and what stands in its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._open = tag
        if tag in ("script", "style", "title"):
            self.inside.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style", "title"):
            self.inside[-1] = (self._open, self.inside[-1][1] + data)

    @property
    def value(self) -> dict[str, Any]:
        """What the page holds."""
        found: dict[str, Any] = json.loads(self.inside[2][1])
        return found


def test_the_page_is_one_file_that_forbids_itself_everything_else() -> None:
    parsed = Parsed(page_of(pride()))
    assert [tag for tag, _ in parsed.inside] == ["title", "style", "script", "script"]
    policy = next(str(one["content"]) for tag, one in parsed.tags if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy and "connect-src 'none'" in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        text = [inside for name, inside in parsed.inside if name == tag][-1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    for _, attributes in parsed.tags:
        assert not {"src", "href", "action", "style"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]


def test_only_a_served_page_may_ask_its_server() -> None:
    value = contents(*excerpts(pride()))
    assert "connect-src 'self'" in document(value, served=True)
    assert Parsed(document(value, served=True)).value["served"] is True
    assert Parsed(document(value)).value["served"] is False


def test_the_script_is_plain_and_whole() -> None:
    modules = {path.stem for path in ASSETS.glob("*.js")}
    assert modules == set(SCRIPTS)
    names = [
        name
        for module in SCRIPTS
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)",
            (ASSETS / f"{module}.js").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert len(names) == len(set(names)), "two modules use one name"
    script = Parsed(page_of(pride())).inside[-1][1]
    assert not re.search(r"^(?:import|export)\b", script, re.MULTILINE)
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function("):
        assert forbidden not in script, forbidden
    assert set(re.findall(r"https?://[^\"'` ]+", script)) == {"http://www.w3.org/2000/svg"}, "the name of SVG only"


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "</title><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "{{script}} \\1 \\g<0>",
        *HOSTILE,
    ],
)
def test_hostile_names_stay_what_they_are(text: str) -> None:
    parsed = Parsed(page_of(hostile_graph(text, text, text)))
    plain = Parsed(page_of(pride()))
    assert parsed.tags[4:] == plain.tags[4:] and len(parsed.inside) == 4  # the first are the policy and its like
    nodes = {node["id"]: node for node in parsed.value["nodes"]}
    assert nodes["mr-wickham"]["name"] == text
    assert nodes["mr-wickham"]["aliases"][0][0] == text
    assert text in parsed.value["text"]
    assert parsed.inside[3] == plain.inside[3]


@given(hostile_text, hostile_text)
@settings(max_examples=50, deadline=None)
def test_what_stands_in_a_script_cannot_leave_it(one: str, other: str) -> None:
    text = in_script({"one": one, "other": [other]})
    assert not set("<>\u2028\u2029") & set(text)
    text.encode("utf-8")
    assert json.loads(text) == {"one": one, "other": [other]}


def test_the_same_graph_gives_the_same_page() -> None:
    assert page_of(pride()) == page_of(pride())


def test_offsets_count_as_browsers_count() -> None:
    text = "😀 Emma saw 𝔊 Emma.\n\nEmma laughed."
    starts = [index for index in range(len(text)) if text.startswith("Emma", index)]
    mentions = [
        Mention(f"m{number}", start, start + 4, "Emma", "PER", "name", 0, 1, "emma")
        for number, start in enumerate(starts)
    ]
    graph = networkx.MultiDiGraph()
    graph.add_node("emma", kind="character", name="Emma", aliases=["Emma"])
    end = text.index("\n\n")
    reading = PageText(
        text,
        [Chapter(1, "", 0, len(text))],
        [Span(0, end), Span(end + 2, len(text))],
        [*mentions, Mention("m9", 0, 1, "😀", "PER", "name", 0, 1)],
        [Quotation("q0", starts[2], len(text), 1, "emma", ("emma", "nobody"))],
    )
    value = contents(graph, reading)
    units = text.encode("utf-16-le")

    def read(start: int, length: int) -> str:
        return units[2 * start : 2 * (start + length)].decode("utf-16-le")

    def rows(steps: list[int], width: int) -> list[list[int]]:
        found, first = [], 0
        for at in range(0, len(steps), width):
            first += steps[at]
            found.append([first, *steps[at + 1 : at + width]])
        return found

    assert [read(start, length) for start, length, _ in rows(value["mentions"], 3)] == ["Emma"] * 3
    assert [read(*row) for row in rows(value["paragraphs"], 2)] == text.split("\n\n")
    assert value["quotations"] == [[starts[2] + 2, len("Emma laughed."), 0, 0]]
    assert value["divisions"][0][4] == len(units) // 2


def test_names_know_the_chapter_that_first_uses_them() -> None:
    graph = networkx.MultiDiGraph()
    graph.add_node("emma", kind="character", name="Emma", aliases=["Emma", "Mrs. Knightley"])
    text = "Emma. Mrs.\nKnightley."
    mentions = [
        Mention("m0", 0, 4, "Emma", "PER", "name", 0, 1, "emma"),
        Mention("m1", 6, 20, "Mrs.\nKnightley", "PER", "name", 1, 55, "emma"),
    ]
    reading = PageText(text, [Chapter(1, "", 0, 6), Chapter(55, "", 6, len(text))], [Span(0, len(text))], mentions)
    assert contents(graph, reading)["nodes"][0]["aliases"] == [["Emma", 1], ["Mrs. Knightley", 55]]


def test_what_follows_names_the_facts_that_it_follows_from() -> None:
    graph = pride()
    data = graph.edges["elizabeth-bennet", "jane-bennet", "sibling_of"]
    data.update(basis="inferred", because=["Mr. Darcy loves Elizabeth Bennet", "something else"])
    value = contents(*excerpts(graph))
    (edge,) = [one for one in value["edges"] if one["inferred"]]
    reason, words = edge["because"]
    assert words == "something else"
    head, relation, tail = value["edges"][reason]["of"]
    assert value["relations"][relation]["name"] == "lover_of"
    assert [value["nodes"][end]["id"] for end in (head, tail)] == ["mr-darcy", "elizabeth-bennet"]


def test_a_graph_alone_brings_its_sentences() -> None:
    moved, reading = excerpts(pride())
    before = {(head, tail, key): data["evidence"] for head, tail, key, data in pride().edges(keys=True, data=True)}
    for head, tail, key, data in moved.edges(keys=True, data=True):
        assert [reading.text[one["start"] : one["end"]] for one in data["evidence"]] == [
            one["text"] for one in before[head, tail, key]
        ]
        for one in data["evidence"]:
            (division,) = [part for part in reading.divisions if part.start <= one["start"] < part.end]
            assert division.number == one["chapter"]
    assert reading.text.count("her sister Jane") == 1, "two edges share that sentence"
    assert [one.number for one in reading.divisions] == sorted({one.number for one in reading.divisions})


def test_overlapping_pieces_are_one_paragraph() -> None:
    text = "Emma laughed. Harriet wept. They danced."
    graph = networkx.MultiDiGraph()
    for number, (start, end) in enumerate([(0, 27), (14, 40), (14, 27), (0, 13)]):
        piece = {"chapter": 1, "start": 100 + start, "end": 100 + end, "text": text[start:end]}
        graph.add_edge("emma", f"other-{number}", "friend_of", relation="friend_of", evidence=[piece], weight=1)
    moved, reading = excerpts(graph)
    assert reading.text == text and len(reading.paragraphs) == 1
    for _, tail, data in moved.edges(data=True):
        (one,) = data["evidence"]
        original = graph["emma"][tail]["friend_of"]["evidence"][0]["text"]
        assert reading.text[one["start"] : one["end"]] == original


def test_a_graph_of_nothing_is_a_page_too() -> None:
    assert Parsed(page_of(networkx.MultiDiGraph())).value["nodes"] == []
