from __future__ import annotations

import math
from itertools import combinations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.view.layout import Box, along, place_names, spread

WIDTH, HEIGHT = 10.0, 6.0


@given(edges=st.sets(st.tuples(st.integers(0, 9), st.integers(10, 14)), min_size=1, max_size=20))
@settings(deadline=None, max_examples=8)
def test_any_network_is_placed_inside_the_rectangle_without_two_nodes_on_one_spot(edges: set[tuple[int, int]]) -> None:
    network = networkx.Graph()
    network.add_edges_from([(str(one), str(other)) for one, other in sorted(edges)], length=1.0)
    radius = dict.fromkeys(network, 0.1)
    places = spread(network, radius, WIDTH, HEIGHT)
    assert list(places) == list(network)
    for x, y in places.values():
        assert abs(x) <= WIDTH / 2 + 1e-9 and abs(y) <= HEIGHT / 2 + 1e-9
    for one, other in combinations(places, 2):
        assert math.dist(places[one], places[other]) > 0.2
    assert spread(network, radius, WIDTH, HEIGHT) == places


def test_a_ring_is_laid_out_without_crossings() -> None:
    ring = networkx.cycle_graph(8)
    networkx.set_edge_attributes(ring, 1.0, "length")
    ring = networkx.relabel_nodes(ring, str)
    places = spread(ring, dict.fromkeys(ring, 0.1), WIDTH, HEIGHT)
    angles = [math.atan2(places[str(node)][1], places[str(node)][0]) for node in range(8)]
    turns = [(after - before) % math.tau for before, after in zip(angles, [*angles[1:], angles[0]], strict=True)]
    assert sum(turns) == pytest.approx(math.tau) or sum(turns) == pytest.approx(7 * math.tau)


def test_neighbours_stand_nearer_than_strangers() -> None:
    path = networkx.relabel_nodes(networkx.path_graph(5), str)
    networkx.set_edge_attributes(path, 1.0, "length")
    places = spread(path, dict.fromkeys(path, 0.1), WIDTH, HEIGHT)
    assert (
        math.dist(places["0"], places["1"]) < math.dist(places["0"], places["2"]) < math.dist(places["0"], places["4"])
    )


def test_names_avoid_each_other_their_neighbours_and_the_lines() -> None:
    frame = Box(-5, -3, 5, 3)
    centres, radius = {"a": (0.0, 0.0), "b": (0.0, -0.5)}, {"a": 0.2, "b": 0.2}
    sizes = {"a": (1.0, 0.2), "b": (1.0, 0.2)}
    above = [(0.0, y / 100) for y in range(20, 60)]
    boxes = place_names(centres, radius, sizes, above, frame)
    assert boxes["a"].overlap(boxes["b"]) == 0
    assert boxes["a"].bottom > -0.3  # not on b
    assert not any(boxes["a"].left < x < boxes["a"].right and boxes["a"].bottom < y < boxes["a"].top for x, y in above)


def test_a_name_at_the_edge_turns_inwards() -> None:
    boxes = place_names({"a": (4.9, 0.0)}, {"a": 0.1}, {"a": (2.0, 0.2)}, [], Box(-5, -3, 5, 3))
    assert boxes["a"].right <= 5


def test_the_points_of_a_line_lie_between_its_ends_on_the_side_it_bends_to() -> None:
    straight, bent = along((0, 0), (4, 0), 0.0), along((0, 0), (4, 0), 0.2)
    assert all(y == 0 and 0 < x < 4 for x, y in straight)
    assert min(y for _, y in bent) == pytest.approx(-0.4)
