"""A network through the chapters of a novel: what it is in each, how it grows, and where it turns."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from litgraph.analysis.choices import SLICINGS, WIDTH, NetworkName, Slicing
from litgraph.analysis.networks import PEOPLE, Tie, as_network, last_chapter, ties, weighted
from litgraph.errors import SettingsError

if TYPE_CHECKING:
    import networkx


class TurningPoint(NamedTuple):
    """A chapter before which the company is another than from it on.

    Attributes:
        chapter: its number.
        change: of the chapters before it and from it on, 0 (the same ties in the same shares) to 1 (none in common).
    """

    chapter: int
    change: float


def networks_by_chapter(
    graph: networkx.Graph,
    network: NetworkName = "co-occurrence",
    slicing: Slicing = "cumulative",
    *,
    width: int = WIDTH,
    chapters: int = 0,
    kinds: Collection[str] = PEOPLE,
) -> dict[int, networkx.Graph]:
    """The network of a novel as it is at each chapter.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        network: which network.
        slicing: "chapter" for what happens in the chapter alone; "cumulative" for all up to it, which is the whole
            network at the end; "window" for the last ``width`` chapters; "smoothed" for ties that hold between the
            chapters in which they are seen, see :func:`smoothed`.
        width: of a window, in chapters.
        chapters: how many the book has; 0 to go as far as the graph does.
        kinds: of the nodes.

    Raises:
        SettingsError: no such network or slicing, or a window of no chapter.
    """
    if slicing not in SLICINGS:
        raise SettingsError(f'Networks cannot be cut by "{slicing}".', f"Choose one of {', '.join(SLICINGS)}.")
    if width < 1:
        raise SettingsError(f"A window of {width} chapters is not possible.", "Take 1 or more.")
    dated = ties(graph, network, kinds)
    numbers = range(1, (chapters or last_chapter(graph)) + 1)
    if slicing == "smoothed":
        return smoothed(dated, len(numbers))
    before = {"chapter": 1, "window": width, "cumulative": len(numbers) + 1}[slicing]
    return {number: as_network(tie for tie in dated if number - before < tie.chapter <= number) for number in numbers}


def smoothed(dated: Collection[Tie], chapters: int) -> dict[int, networkx.Graph]:
    """Narrative smoothing: two whom the book leaves for others have not parted.

    A tie that is seen in a chapter has its weight there. Between two such chapters it keeps the weight of the last one,
    less all that the two have with others since; and it announces the next one in the same way; the larger counts.
    Thus it fades where both are shown with others, and lasts where the book only looks elsewhere. (Bost, Labatut,
    Gueye & Linarès, "Extraction and analysis of dynamic conversational networks from TV series", 2018. They put the
    weight through a logistic function; here it stays in the unit of the ties, and a tie without weight is not there.)

    Args:
        dated: ties of the book; what holds from the beginning holds in every chapter.
        chapters: how many the book has.
    """
    own: dict[tuple[str, str], dict[int, int]] = {}
    company: dict[str, list[int]] = {}
    lasting: dict[tuple[str, str], float] = {}
    for tie in dated:
        pair = (min(tie.head, tie.tail), max(tie.head, tie.tail))
        if tie.chapter < 1:
            lasting[pair] = lasting.get(pair, 0) + tie.weight
            continue
        seen = own.setdefault(pair, {})
        seen[tie.chapter] = seen.get(tie.chapter, 0) + tie.weight
        for end in pair:
            company.setdefault(end, [0] * (chapters + 1))[tie.chapter] += tie.weight
    for counts in company.values():  # from here on: up to and with each chapter
        for chapter in range(1, chapters + 1):
            counts[chapter] += counts[chapter - 1]
    weights: list[dict[tuple[str, str], float]] = [dict(lasting) for _ in range(chapters + 1)]
    for pair, seen in own.items():
        both = [sum(company[end][chapter] for end in pair) for chapter in range(chapters + 1)]
        places = sorted(seen)
        for chapter in range(1, chapters + 1):
            if chapter in seen:
                weight = seen[chapter]
            else:
                index = bisect(places, chapter)
                persisting = places[index - 1] if index else 0
                awaited = places[index] if index < len(places) else 0
                kept = seen[persisting] - (both[chapter] - both[persisting]) if persisting else 0
                announced = seen[awaited] - (both[awaited - 1] - both[chapter - 1]) if awaited else 0
                weight = max(kept, announced)
            if weight > 0:
                weights[chapter][pair] = weights[chapter].get(pair, 0) + weight
    return {chapter: weighted(weights[chapter]) for chapter in range(1, chapters + 1)}


def character_series(
    networks: Mapping[int, networkx.Graph], measure: Callable[[networkx.Graph], Mapping[str, float]]
) -> dict[str, dict[int, float]]:
    """A measure of each character at each chapter, by id; 0 where somebody is not in the network.

    Args:
        networks: from :func:`networks_by_chapter`.
        measure: one of :data:`litgraph.analysis.CHARACTER_MEASURES`, or any function of a network that gives a number
            for each node.
    """
    values = {chapter: measure(network) for chapter, network in networks.items()}
    everybody = sorted({node for found in values.values() for node in found})
    return {node: {chapter: float(found.get(node, 0.0)) for chapter, found in values.items()} for node in everybody}


def book_series(networks: Mapping[int, networkx.Graph], measure: Callable[[networkx.Graph], float]) -> dict[int, float]:
    """A measure of the whole network at each chapter, such as ``networkx.density``."""
    return {chapter: float(measure(network)) for chapter, network in networks.items()}


def changes(
    graph: networkx.Graph, network: NetworkName = "co-occurrence", *, width: int = WIDTH, chapters: int = 0
) -> dict[int, float]:
    """At each chapter from the second on how much the company of the chapters before differs from that from it on.

    The ties of either side are taken as shares of all its weight; the change is 1 less what the sides have in common of
    what they have together (Ružička's similarity), 0 to 1. Where a side has no ties there is no change to speak of: 0.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        network: which network.
        width: how many chapters are looked at on either side; fewer at the ends of the book.
        chapters: how many the book has; 0 to go as far as the graph does.

    Raises:
        SettingsError: no such network, or a window of no chapter.
    """
    if width < 1:
        raise SettingsError(f"A window of {width} chapters is not possible.", "Take 1 or more.")
    dated = [tie for tie in ties(graph, network) if tie.chapter]
    found = {}
    for chapter in range(2, (chapters or last_chapter(graph)) + 1):
        before = _shares(tie for tie in dated if chapter - width <= tie.chapter < chapter)
        after = _shares(tie for tie in dated if chapter <= tie.chapter < chapter + width)
        pairs = sorted({*before, *after})
        common = sum(min(before.get(pair, 0.0), after.get(pair, 0.0)) for pair in pairs)
        together = sum(max(before.get(pair, 0.0), after.get(pair, 0.0)) for pair in pairs)
        found[chapter] = 1 - common / together if before and after else 0.0
    return found


def turning_points(changing: Mapping[int, float], top: int = 5, *, width: int = WIDTH) -> list[TurningPoint]:
    """The chapters at which the company changes most, the greatest change first.

    Only where it changes more than around it, and no two nearer to each other than ``width`` chapters. Every book has
    some: look at how much higher they are than the rest of the series before you believe them.

    Args:
        changing: from :func:`changes`.
        top: how many at most.
        width: as for :func:`changes`.
    """
    peaks = [
        TurningPoint(chapter, change)
        for chapter, change in changing.items()
        if change > 0 and change >= max(changing.get(chapter - 1, 0.0), changing.get(chapter + 1, 0.0))
    ]
    chosen: list[TurningPoint] = []
    for peak in sorted(peaks, key=lambda one: (-one.change, one.chapter)):
        if len(chosen) < top and all(abs(peak.chapter - other.chapter) >= width for other in chosen):
            chosen.append(peak)
    return chosen


def _shares(dated: Iterable[Tie]) -> dict[tuple[str, str], float]:
    network = as_network(dated)
    total = network.size(weight="weight")
    return {(min(one, other), max(one, other)): data["weight"] / total for one, other, data in network.edges(data=True)}
