"""Where the nodes of the page stand: the same graph is always arranged alike, of five nodes or of five thousand.

Imported only when a page is made: it needs numpy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indexes = NDArray[np.intp]

PIVOTS = 80
"""Nodes from which all distances are known; of a smaller network every node is one."""
ROUNDS = 150
"""Improvements of the arrangement of a network of at most `MANY` nodes; larger ones get fewer, `FEWEST` at least."""
MANY, FEWEST = 400, 20
CROWD = 12
"""Nodes of a place that others are moved away from in one round."""
WIDTH, HEIGHT = 1000.0, 650.0
NEAR = 1.4
"""Nodes are moved apart until they have this part of the way between two of a regular grid, as a divisor."""


def arrange(count: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Places in a rectangle 1000 wide and `HEIGHT` high, about as far apart as the nodes are in the network.

    Pivot MDS (Brandes & Pich, *Eigensolver Methods for Progressive Multidimensional Scaling of Large Data*, 2007), then
    stress to the pivots and the neighbours (Ortmann, Klimenta & Brandes, *A Sparse Stress Model*, 2017), where nodes
    have an influence that falls with the square of their distance.

    Args:
        count: of the nodes, which are numbers from 0.
        edges: two nodes and how strongly they are connected, above 0; both orders of a pair are one.
    """
    if count == 0:
        return []
    if count == 1:
        return [(WIDTH / 2, HEIGHT / 2)]
    ends, lengths = _lengths(count, edges)
    distances, pivots = _distances(count, ends, lengths)
    places = _pivot_mds(distances)
    rounds = min(ROUNDS, max(FEWEST, ROUNDS * MANY // count))
    places = _less_stress(places, distances, pivots, ends, lengths, rounds)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in _apart(_fitted(places), rounds)]


def _lengths(count: int, edges: Sequence[tuple[int, int, float]]) -> tuple[Indexes, Array]:
    """The pairs, in order, and how long their lines shall be: 1 for the strongest, 3 for the weakest."""
    strength: dict[tuple[int, int], float] = {}
    for one, other, weight in edges:
        if one != other:
            pair = (min(one, other), max(one, other))
            strength[pair] = strength.get(pair, 0.0) + weight
    pairs = sorted(strength)
    ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    strong = np.log1p(np.array([strength[pair] for pair in pairs]))
    return ends, 3.0 - 2.0 * strong / (strong.max() if len(strong) else 1.0)


def _distances(count: int, ends: Indexes, lengths: Array) -> tuple[Array, Indexes]:
    """From each node to each pivot; pivots are chosen one by one, each the farthest from those before."""
    order = np.argsort(np.concatenate([ends[:, 0], ends[:, 1]]), kind="stable")
    targets = np.concatenate([ends[:, 0], ends[:, 1]])[order]
    sources = np.concatenate([ends[:, 1], ends[:, 0]])[order]
    steps = np.concatenate([lengths, lengths])[order]
    starts = np.flatnonzero(np.r_[True, targets[1:] != targets[:-1]]) if len(targets) else targets
    degrees = np.bincount(targets, minlength=count)
    pivots = [int(degrees.argmax())]
    columns = [_from(pivots[0], count, sources, steps, starts, targets)]
    nearest = columns[0]
    while len(pivots) < min(PIVOTS, count):
        pivots.append(int(np.where(np.isinf(nearest), 1e9 + degrees, nearest).argmax()))
        columns.append(_from(pivots[-1], count, sources, steps, starts, targets))
        nearest = np.minimum(nearest, columns[-1])
    distances = np.stack(columns, axis=1)
    known = distances[np.isfinite(distances)]
    # Parts that nothing connects stand beside each other.
    return np.where(np.isinf(distances), max(float(known.max()), 1.0) * 0.8, distances), np.array(pivots, dtype=np.intp)


def _from(start: int, count: int, sources: Indexes, steps: Array, starts: Indexes, targets: Indexes) -> Array:
    """Lengths of the shortest paths (Bellman & Ford)."""
    reached = np.full(count, np.inf)
    reached[start] = 0.0
    while len(targets):
        better = np.minimum.reduceat(reached[sources] + steps, starts)
        before = reached[targets[starts]]
        if not (better < before - 1e-12).any():
            break
        reached[targets[starts]] = np.minimum(before, better)
    return reached


def _pivot_mds(distances: Array) -> Array:
    squared = distances**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean())
    _, axes = np.linalg.eigh(centred.T @ centred)
    places = centred @ axes[:, ::-1][:, :2]
    if places.shape[1] < 2:
        places = np.column_stack([places, np.zeros(len(places))])
    places = places * np.where(places.sum(axis=0) < 0, -1.0, 1.0)
    size = np.abs(places).max()
    places = places / (size if size > 0 else 1.0) * distances.max() / 2
    # Nodes with the same neighbours would stand on one point: each is moved a little, by the golden angle.
    turn = np.arange(len(places)) * 2.399963
    moved: Array = places + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)])
    return moved


def _less_stress(places: Array, distances: Array, pivots: Indexes, ends: Indexes, lengths: Array, rounds: int) -> Array:
    weights = np.where(distances > 0, 1.0, 0.0) / np.where(distances > 0, distances, 1.0) ** 2
    near = 1.0 / lengths**2
    one, other = ends[:, 0], ends[:, 1]
    count = len(places)
    total = weights.sum(axis=1) + np.bincount(one, near, count) + np.bincount(other, near, count)
    total = np.where(total > 0, total, 1.0)
    for _ in range(rounds):
        offset = places[:, None, :] - places[pivots][None, :, :]
        apart = np.maximum(np.hypot(offset[..., 0], offset[..., 1]), 1e-9)
        wanted = places[pivots][None, :, :] + offset * (distances / apart)[..., None]
        moved = (wanted * weights[..., None]).sum(axis=1)
        along = places[one] - places[other]
        along *= (lengths / np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9))[:, None]
        for axis in range(2):
            moved[:, axis] += np.bincount(one, (places[other, axis] + along[:, axis]) * near, count)
            moved[:, axis] += np.bincount(other, (places[one, axis] - along[:, axis]) * near, count)
        places = (places + moved / total[:, None]) / 2
    return places


def _fitted(places: Array) -> Array:
    """Turned so that it is widest along the horizontal, and stretched to the rectangle."""
    places = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(places.T @ places)
    axes = axes[:, ::-1]
    places = places @ (axes * np.where(axes.sum(axis=0) < 0, -1.0, 1.0))
    low, high = places.min(axis=0), places.max(axis=0)
    fitted: Array = (places - low) / np.where(high - low > 1e-9, high - low, 1.0) * (WIDTH, HEIGHT)
    return fitted


def _apart(places: Array, rounds: int) -> Array:
    """No two closer than the room that there is for each, as far as it goes; who is near is found by cells."""
    least = np.sqrt(WIDTH * HEIGHT / len(places)) / NEAR
    for _ in range(rounds):
        one, other = _close_pairs(places, least)
        offset = places[one] - places[other]
        distance = np.maximum(np.hypot(offset[:, 0], offset[:, 1]), 1e-6)
        if not len(one):
            break
        push = offset * ((least - distance) / distance / 3)[:, None]
        for axis in range(2):
            places[:, axis] += np.bincount(one, push[:, axis], len(places))
            places[:, axis] -= np.bincount(other, push[:, axis], len(places))
    return places


def _close_pairs(places: Array, least: float) -> tuple[Indexes, Indexes]:
    """Nodes that are closer than that; of a crowd not all, so that the time does not grow with its square."""
    cells: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate((places // least).astype(int).tolist()):
        cells.setdefault((x, y), []).append(index)
    pairs = [
        (here, there)
        for (x, y), inside in cells.items()
        for right, up in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))
        for here in inside
        for there in cells.get((x + right, y + up), ())[:CROWD]
        if here < there or right or up
    ]
    found = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    offset = places[found[:, 0]] - places[found[:, 1]]
    close = np.hypot(offset[:, 0], offset[:, 1]) < least
    return found[close, 0], found[close, 1]
