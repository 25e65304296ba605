from __future__ import annotations

import sys
import warnings
from itertools import combinations
from pathlib import Path

import networkx
import pytest

from litgraph.errors import ExportError

matplotlib = pytest.importorskip("matplotlib")
image = pytest.importorskip("matplotlib.image")

from litgraph.ontology import CO_OCCURS, NETWORKS, RELATIONS, SPEAKS_TO  # noqa: E402
from litgraph.view.plots import FAMILY_COLOURS, PALE_COLOURS, PALE_NAMES, draw, select  # noqa: E402

HIGHBURY = [
    ("emma-woodhouse", "Emma Woodhouse", "female", 865),
    ("mr-knightley", "Mr. Knightley", "male", 389),
    ("harriet-smith", "Harriet Smith", "female", 415),
    ("mr-weston", "Mr. Weston", "male", 162),
    ("mrs-weston", "Mrs. Weston", "female", 249),
    ("frank-churchill", "Frank Churchill", "male", 208),
    ("jane-fairfax", "Jane Fairfax", "female", 232),
    ("mr-elton", "Mr. Elton", "male", 229),
    ("gypsies", "a party of gipsies", "unknown", 5),
]
TIES = [
    ("emma-woodhouse", "mr-knightley", "lover_of", 6),
    ("emma-woodhouse", "harriet-smith", "friend_of", 8),
    ("emma-woodhouse", "mr-knightley", CO_OCCURS, 90),
    ("mr-weston", "mrs-weston", "spouse_of", 7),
    ("mr-weston", "frank-churchill", "parent_father_of", 5),
    ("frank-churchill", "jane-fairfax", "lover_of", 4),
    ("emma-woodhouse", "mr-elton", CO_OCCURS, 60),
    ("emma-woodhouse", "mrs-weston", CO_OCCURS, 55),
    ("harriet-smith", "gypsies", "enemy_of", 1),
]


def highbury() -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph(title="Emma", author="Jane Austen")
    for node, name, gender, mentions in HIGHBURY:
        kind = "group" if node == "gypsies" else "character"
        graph.add_node(node, name=name, kind=kind, gender=gender, mentions=mentions)
    graph.add_node("hartfield", name="Hartfield", kind="place", gender="unknown", mentions=156)
    for head, tail, relation, weight in [*TIES, ("emma-woodhouse", "hartfield", "lives_in", 20)]:
        graph.add_edge(head, tail, relation, relation=relation, weight=weight)
    return graph


def coloured(path: Path, colour: str) -> int:
    """How many pixels are about of this colour."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    pixels = image.imread(path)[..., :3]
    return int((abs(pixels - [red, green, blue]).max(axis=2) < 0.2).sum())


def test_a_picture_is_drawn_with_the_colours_of_its_relations(tmp_path: Path) -> None:
    path = tmp_path / "emma.png"
    draw(highbury(), path)
    assert image.imread(path).shape[:2] == (1350, 1950)
    for family in ("kin", "love", "friendship", "conflict"):
        assert coloured(path, FAMILY_COLOURS[family]) > 500, family
    assert coloured(path, FAMILY_COLOURS["place"]) < coloured(path, FAMILY_COLOURS["kin"])


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_same_graph_gives_the_same_file(tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    draw(highbury(), one)
    shuffled = networkx.MultiDiGraph(**highbury().graph)
    shuffled.add_nodes_from(reversed(list(highbury().nodes(data=True))))
    shuffled.add_edges_from(reversed(list(highbury().edges(keys=True, data=True))))
    draw(shuffled, other)
    assert one.read_bytes() == other.read_bytes()


def test_the_strongest_lines_are_drawn_last_and_meetings_only_where_no_relation_is_known() -> None:
    lines = select(highbury(), 25)
    families = [line.family for line in lines]
    assert families == sorted(families, key=lambda family: family != CO_OCCURS)
    assert [line.weight for line in lines if not line.pale] == [1, 4, 5, 6, 7, 8]
    assert {line[:2] for line in lines if line.pale} == {
        ("emma-woodhouse", "mr-elton"),
        ("emma-woodhouse", "mrs-weston"),
    }


def test_only_the_most_mentioned_people_are_shown() -> None:
    lines = select(highbury(), 3)
    assert {end for line in lines for end in line[:2]} == {"emma-woodhouse", "mr-knightley", "harriet-smith"}


def test_a_crowd_that_meets_at_a_ball_does_not_hide_the_picture() -> None:
    graph = networkx.MultiDiGraph()
    guests = [f"guest-{number:02d}" for number in range(25)]
    graph.add_nodes_from(guests, kind="character", mentions=1)
    for head, tail in combinations(guests, 2):
        graph.add_edge(head, tail, CO_OCCURS, weight=1)
    assert len(select(graph, 25)) <= 50


def test_who_speaks_with_whom_is_shown_where_no_relation_is_known_both_directions_together(tmp_path: Path) -> None:
    graph = highbury()
    for head, tail, weight in (
        ("emma-woodhouse", "mr-knightley", 300),  # of whom the text says more
        ("mrs-weston", "emma-woodhouse", 40),
        ("emma-woodhouse", "mrs-weston", 50),
        ("jane-fairfax", "mr-elton", 1),  # too seldom
    ):
        graph.add_edge(head, tail, SPEAKS_TO, relation=SPEAKS_TO, weight=weight)
    pale = [line for line in select(graph, 25) if line.pale]
    assert pale == [
        ("emma-woodhouse", "mr-elton", CO_OCCURS, 60),
        ("emma-woodhouse", "mrs-weston", SPEAKS_TO, 90),  # who meet, too
    ]
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if edge[2] != SPEAKS_TO])
    assert {line.family for line in select(graph, 25)} == {SPEAKS_TO}
    draw(graph, tmp_path / "speech.png")
    assert coloured(tmp_path / "speech.png", PALE_COLOURS[SPEAKS_TO]) > 500


def test_every_family_of_the_vocabulary_has_a_colour() -> None:
    assert set(PALE_COLOURS) == set(PALE_NAMES) == set(NETWORKS)
    assert {relation.family for relation in RELATIONS.values()} == set(FAMILY_COLOURS)


def test_names_that_no_font_or_formula_can_print_are_drawn_without_a_warning(tmp_path: Path) -> None:
    graph = highbury()
    graph.nodes["emma-woodhouse"]["name"] = "$\\frac{1$ \x00 安娜 \ud800 😀\nWoodhouse"
    graph.nodes["mr-elton"]["name"] = ""
    graph.graph["title"] = "$_$"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(graph, tmp_path / "emma.png")
        draw(graph, tmp_path / "emma.svg")


def test_two_people_are_enough(tmp_path: Path) -> None:
    graph = highbury()
    graph.remove_nodes_from([node for node in list(graph) if node not in ("mr-weston", "mrs-weston")])
    draw(graph, tmp_path / "westons.png")
    assert coloured(tmp_path / "westons.png", FAMILY_COLOURS["kin"]) > 500


def test_nobody_connected_is_an_error_with_a_hint(tmp_path: Path) -> None:
    graph = highbury()
    graph.remove_edges_from(list(graph.edges(keys=True)))
    with pytest.raises(ExportError, match="no two characters") as caught:
        draw(graph, tmp_path / "emma.png")
    assert caught.value.hint
    assert not list(tmp_path.iterdir())


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.gif"):
        draw(highbury(), tmp_path / "emma.gif")


def test_without_matplotlib_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExportError, match="not installed") as caught:
        draw(highbury(), tmp_path / "emma.png")
    assert 'pip install ".[plot]"' in caught.value.hint


def test_drawing_leaves_the_settings_of_a_notebook_alone(tmp_path: Path) -> None:
    before = dict(matplotlib.rcParams)
    draw(highbury(), tmp_path / "emma.svg")
    assert dict(matplotlib.rcParams) == before
