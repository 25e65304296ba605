"""Scoring coreference: MUC, B³, CEAFe and their average, the CoNLL score.

Annotated and found clusters need not hold the same mentions: one that only one side has is left as it is, counts in
the denominators of its side and matches nothing, as in the reference scorer (Pradhan et al., ACL 2014). Singletons are
clusters like any other, as in LitBank's own evaluation (Bamman, Lewke & Mansoor, LREC 2020); MUC, which counts
links, does not see them. Over several documents numerators and denominators are added up.

Sources: MUC, Vilain et al. 1995; B³, Bagga & Baldwin 1998; CEAFe, Luo 2005 (similarity φ4); the average of the three
F1, Pradhan et al. 2012.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from math import fsum

from litgraph.corpora.tokens import Position, Positioned, position
from litgraph.evaluation.assignment import best_assignment
from litgraph.evaluation.scores import harmonic_mean, share

Clusters = Collection[Collection[Hashable]]
"""A partition: no mention is in two clusters."""


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """One measure as the fractions that it is made of, so that documents can be added up."""

    recall_part: float = 0.0
    recall_whole: float = 0.0
    precision_part: float = 0.0
    precision_whole: float = 0.0

    @property
    def precision(self) -> float:
        """0 where nothing found could be right."""
        return share(self.precision_part, self.precision_whole)

    @property
    def recall(self) -> float:
        """0 where nothing was there to find."""
        return share(self.recall_part, self.recall_whole)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic_mean(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """The three measures of the CoNLL score."""

    muc: ClusterScore
    b_cubed: ClusterScore
    ceaf_e: ClusterScore

    @property
    def conll(self) -> float:
        """Mean of the three F1."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3


def coreference_scores(documents: Iterable[tuple[Clusters, Clusters]]) -> CoreferenceScores:
    """All measures over several documents.

    Args:
        documents: annotated and found clusters of each. Mentions are compared as values: give positions
            (:func:`positions`), not objects that carry a score or a label.

    Raises:
        ValueError: a mention is in two clusters of one side.
    """
    both = [(list(gold), list(found)) for gold, found in documents]
    return CoreferenceScores(
        _sum(muc(gold, found) for gold, found in both),
        _sum(b_cubed(gold, found) for gold, found in both),
        _sum(ceaf_e(gold, found) for gold, found in both),
    )


def positions(clusters: Iterable[Iterable[Positioned]]) -> list[list[Position]]:
    """Clusters of spans, as the measures want them.

    Where a reader gave one span two labels it stands twice; it counts once, where it came first.
    """
    seen: set[Position] = set()
    spans: list[list[Position]] = []
    for cluster in clusters:
        new = [place for place in dict.fromkeys(position(mention) for mention in cluster) if place not in seen]
        seen.update(new)
        if new:
            spans.append(new)
    return spans


def muc(gold: Clusters, found: Clusters) -> ClusterScore:
    """Links: a cluster of n mentions has n - 1, and misses one for each further piece that the other side cuts it into.

    The pieces of a cluster are the clusters of the other side that it touches and each mention that the other side
    lacks. So the links kept are, from either side, the mentions in common less the pairs of clusters that touch.
    """
    overlaps = _overlaps(gold, found)
    kept = sum(overlaps.values()) - len(overlaps)
    return ClusterScore(kept, _links(gold), kept, _links(found))


def b_cubed(gold: Clusters, found: Clusters) -> ClusterScore:
    """Mentions: the share of its cluster that each has in common with its cluster on the other side."""
    overlaps = _overlaps(gold, found)
    in_gold, in_found = _sizes(gold), _sizes(found)
    return ClusterScore(
        fsum(common * common / in_gold[i] for (i, _), common in overlaps.items()),
        sum(in_gold),
        fsum(common * common / in_found[j] for (_, j), common in overlaps.items()),
        sum(in_found),
    )


def ceaf_e(gold: Clusters, found: Clusters) -> ClusterScore:
    """Entities: clusters matched one to one so that their similarity φ4 = 2·|K∩R| / (|K|+|R|) is largest in sum."""
    overlaps = _overlaps(gold, found)
    in_gold, in_found = _sizes(gold), _sizes(found)
    similarity = {(i, j): 2 * common / (in_gold[i] + in_found[j]) for (i, j), common in overlaps.items()}
    best = fsum(_best_match(similarity))
    return ClusterScore(best, sum(map(bool, in_gold)), best, sum(map(bool, in_found)))


def _best_match(similarity: dict[tuple[int, int], float]) -> list[float]:
    """The similarities in the best matching, found apart for each group of clusters that touch one another."""
    matched: list[float] = []
    for rows, columns in _components(similarity):
        weights = [[similarity.get((row, column), 0.0) for column in columns] for row in rows]
        matched.extend(weights[row][column] for row, column in best_assignment(weights))
    return matched


def _components(edges: Collection[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Connected components of a bipartite graph, as their rows and columns."""
    columns_of: dict[int, list[int]] = {}
    rows_of: dict[int, list[int]] = {}
    for row, column in edges:
        columns_of.setdefault(row, []).append(column)
        rows_of.setdefault(column, []).append(row)
    components: list[tuple[list[int], list[int]]] = []
    while columns_of:
        rows: list[int] = []
        columns: dict[int, None] = {}
        to_visit = [next(iter(columns_of))]
        while to_visit:
            row = to_visit.pop()
            if row in columns_of:
                rows.append(row)
                for column in columns_of.pop(row):
                    if column not in columns:
                        columns[column] = None
                        to_visit.extend(rows_of[column])
        components.append((rows, list(columns)))
    return components


def _overlaps(gold: Clusters, found: Clusters) -> dict[tuple[int, int], int]:
    """How many mentions annotated cluster i and found cluster j have in common, where they have any."""
    cluster_in_gold, cluster_in_found = _cluster_of(gold), _cluster_of(found)
    return Counter(
        (cluster, cluster_in_found[mention])
        for mention, cluster in cluster_in_gold.items()
        if mention in cluster_in_found
    )


def _cluster_of(clusters: Clusters) -> dict[Hashable, int]:
    cluster_of: dict[Hashable, int] = {}
    for index, cluster in enumerate(clusters):
        for mention in cluster:
            if cluster_of.setdefault(mention, index) != index:
                raise ValueError(f"mention {mention!r} is in two clusters")
    return cluster_of


def _sizes(clusters: Clusters) -> list[int]:
    return [len(set(cluster)) for cluster in clusters]


def _links(clusters: Clusters) -> int:
    return sum(max(0, size - 1) for size in _sizes(clusters))


def _sum(scores: Iterable[ClusterScore]) -> ClusterScore:
    columns = [(score.recall_part, score.recall_whole, score.precision_part, score.precision_whole) for score in scores]
    return ClusterScore(*map(fsum, zip(*columns, strict=True)))
