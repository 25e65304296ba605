"""Where the nodes of a picture stand, and where their names.

Imported only when a picture is drawn: it needs numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Array = NDArray[np.float64]

STARTS = 60
"""Arrangements that are tried; the clearest is taken."""
ROUNDS = 200
"""Improvements of one arrangement."""
ROOM = 0.6
"""Between two nodes, for a name."""
POINTS = 60
"""On a line, to see what it passes."""
CROSSING_COST = 0.002
"""What a name pays for each such point that it covers, as an area of other names."""
PASSING_COST = 4
"""A line that passes behind a node which it does not belong to is as bad as this many crossings of two lines."""


class Box(NamedTuple):
    """A rectangle, as its four sides."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0.0) * max(height, 0.0)


def spread(network: networkx.Graph, radius: Mapping[str, float], width: float, height: float) -> dict[str, Point]:
    """Place the nodes in a rectangle around (0, 0) so that they are about as far apart as they are in the network.

    Stress majorisation (Gansner, Koren & North, *Graph Drawing by Stress Majorization*, 2004), where an edge is as
    long as its attribute ``length``, from many random starts with a fixed seed; each is fitted to the rectangle and its
    nodes moved apart where they touch; the one in which fewest lines cross or pass behind nodes is taken.

    Args:
        network: at least two nodes; parts that are not connected are kept a little farther apart than it is wide.
        radius: of each node, in the unit of width and height.
        width: of the rectangle that the centres stay in.
        height: likewise.
    """
    nodes = list(network)
    position = {node: index for index, node in enumerate(nodes)}
    edges = np.array([(position[one], position[other]) for one, other in network.edges], dtype=np.intp)
    radii = np.array([radius[node] for node in nodes])
    half = np.array([width / 2, height / 2])
    distances = _distances(network, nodes)
    random = np.random.default_rng(0)
    arrangements = [
        _move_apart(_fit(_majorise(random.normal(size=(len(nodes), 2)), distances), half), radii, half)
        for _ in range(STARTS)
    ]
    clearest = min(arrangements, key=lambda places: _confusion(places, edges, radii))
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, clearest, strict=True)}


def along(start: Point, end: Point, bend: float) -> list[Point]:
    """Points on the curve that matplotlib draws for the connection style "arc3" with ``rad=bend``."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1))
    shares = [step / POINTS for step in range(1, POINTS)]
    return [
        (
            (1 - share) ** 2 * x1 + 2 * share * (1 - share) * middle[0] + share**2 * x2,
            (1 - share) ** 2 * y1 + 2 * share * (1 - share) * middle[1] + share**2 * y2,
        )
        for share in shares
    ]


def place_names(
    centres: Mapping[str, Point],
    radius: Mapping[str, float],
    sizes: Mapping[str, Point],
    lines: Sequence[Point],
    frame: Box,
) -> dict[str, Box]:
    """Choose for each name, in order, the place around its node where it covers least: names and nodes, then lines.

    Args:
        centres: of the nodes.
        radius: of each node.
        sizes: width and height of each name.
        lines: points on the lines of the picture.
        frame: names should stay inside.
    """
    discs = {
        node: Box(x - radius[node], y - radius[node], x + radius[node], y + radius[node])
        for node, (x, y) in centres.items()
    }
    boxes: dict[str, Box] = {}
    for node, size in sizes.items():
        obstacles = [*boxes.values(), *(disc for other, disc in discs.items() if other != node)]
        choices = _around(centres[node], radius[node], size)
        cost = [
            sum(map(box.overlap, obstacles)) + _outside_cost(box, frame) + _crossing_cost(box, lines) for box in choices
        ]
        boxes[node] = choices[cost.index(min(cost))]
    return boxes


def _around(centre: Point, radius: float, size: Point) -> Sequence[Box]:
    """Below, above, right, left and the four corners; the first of equally good ones is taken."""
    (x, y), (width, height) = centre, size
    gap = height * 0.15
    diagonal = radius * 0.75
    corners = [
        (x - width / 2, y - radius - gap - height),
        (x - width / 2, y + radius + gap),
        (x + radius + gap, y - height / 2),
        (x - radius - gap - width, y - height / 2),
        (x + diagonal, y - diagonal - height),
        (x - diagonal - width, y - diagonal - height),
        (x + diagonal, y + diagonal),
        (x - diagonal - width, y + diagonal),
    ]
    return [Box(left, bottom, left + width, bottom + height) for left, bottom in corners]


def _outside_cost(box: Box, frame: Box) -> float:
    area = (box.right - box.left) * (box.top - box.bottom)
    return 10 * (area - box.overlap(frame))


def _crossing_cost(box: Box, lines: Sequence[Point]) -> float:
    return CROSSING_COST * sum(box.left < x < box.right and box.bottom < y < box.top for x, y in lines)


def _distances(network: networkx.Graph, nodes: Sequence[str]) -> Array:
    lengths = dict(networkx.all_pairs_dijkstra_path_length(network, weight="length"))
    farthest = max(max(row.values()) for row in lengths.values())
    return np.array([[lengths[one].get(other, farthest * 1.2) for other in nodes] for one in nodes])


def _majorise(places: Array, distances: Array) -> Array:
    itself = np.eye(len(places), dtype=bool)
    weights = np.where(itself, 0.0, np.where(itself, 1.0, distances) ** -2.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(ROUNDS):
        pull = -weights * distances / np.where(itself, 1.0, _distances_between(places))
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ pull @ places
    return places


def _distances_between(places: Array) -> Array:
    offset = places[:, None, :] - places[None, :, :]
    return np.maximum(np.hypot(offset[..., 0], offset[..., 1]), 1e-9)


def _fit(places: Array, half: Array) -> Array:
    """Turned so that its longest way lies along the width, and stretched to the rectangle."""
    places = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(places, full_matrices=False)
    places = places @ axes.T
    places = places - (places.max(axis=0) + places.min(axis=0)) / 2
    reach = np.abs(places).max(axis=0)
    return places * half / np.where(reach > 1e-6, reach, 1.0)


def _move_apart(places: Array, radii: Array, half: Array) -> Array:
    least_distance = (radii[:, None] + radii[None, :]) * 1.2 + ROOM
    np.fill_diagonal(least_distance, 0.0)
    for _ in range(ROUNDS):
        distance = _distances_between(places)
        push = np.maximum(least_distance - distance, 0) / distance / 4
        if not push.any():
            break
        offset = places[:, None, :] - places[None, :, :]
        places = np.clip(places + (offset * push[..., None]).sum(axis=1), -half, half)
    return places


def _confusion(places: Array, edges: NDArray[np.intp], radii: Array) -> float:
    start, end = places[edges[:, 0]], places[edges[:, 1]]
    one, other = np.triu_indices(len(edges), k=1)
    strangers = ~(edges[one][:, :, None] == edges[other][:, None, :]).any(axis=(1, 2))
    one, other = one[strangers], other[strangers]
    crossings = (
        _sides_differ(start[one], end[one], start[other], end[other])
        & _sides_differ(start[other], end[other], start[one], end[one])
    ).sum()
    along = end - start
    share = ((places[:, None] - start[None]) * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-9)
    nearest = start + np.clip(share, 0, 1)[..., None] * along
    distance = np.hypot(*np.moveaxis(places[:, None] - nearest, 2, 0))
    is_stranger = (np.arange(len(places))[:, None, None] != edges[None]).all(axis=2)
    return float(crossings + PASSING_COST * (is_stranger & (distance < radii[:, None] * 1.3)).sum())


def _sides_differ(start: Array, end: Array, one: Array, other: Array) -> NDArray[np.bool_]:
    return _side(start, end, one) * _side(start, end, other) < 0


def _side(start: Array, end: Array, point: Array) -> Array:
    along, towards = end - start, point - start
    return np.sign(along[:, 0] * towards[:, 1] - along[:, 1] * towards[:, 0])
