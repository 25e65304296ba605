"""What a scholar counts in a graph: who is central, which circles there are, how it changes, how two books compare."""

from litgraph.analysis.centrality import CHARACTER_MEASURES, character_measure
from litgraph.analysis.chapters import (
    SLICINGS,
    TurningPoint,
    book_series,
    changes,
    character_series,
    networks_by_chapter,
    smoothed,
    turning_points,
)
from litgraph.analysis.communities import Community, bridging, communities, modularity
from litgraph.analysis.comparison import Agreement, Comparison, align_characters, compare_graphs
from litgraph.analysis.kinship import Family, Kin, families, kin
from litgraph.analysis.measures import BookMeasures, CharacterMeasures, measure_book, measure_characters
from litgraph.analysis.networks import NETWORK_NAMES, Tie, as_network, character_network, last_chapter, ties
from litgraph.analysis.presence import Presence, entrances_and_exits, presence
from litgraph.analysis.scholars import graph_of_knuth
from litgraph.analysis.talk import BetweenWomen, Speech, between_women, reciprocity, speech_shares, talk_by_gender

__all__ = [
    "CHARACTER_MEASURES",
    "NETWORK_NAMES",
    "SLICINGS",
    "Agreement",
    "BetweenWomen",
    "BookMeasures",
    "CharacterMeasures",
    "Community",
    "Comparison",
    "Family",
    "Kin",
    "Presence",
    "Speech",
    "Tie",
    "TurningPoint",
    "align_characters",
    "as_network",
    "between_women",
    "book_series",
    "bridging",
    "changes",
    "character_measure",
    "character_network",
    "character_series",
    "communities",
    "compare_graphs",
    "entrances_and_exits",
    "families",
    "graph_of_knuth",
    "kin",
    "last_chapter",
    "measure_book",
    "measure_characters",
    "modularity",
    "networks_by_chapter",
    "presence",
    "reciprocity",
    "smoothed",
    "speech_shares",
    "talk_by_gender",
    "ties",
    "turning_points",
]
