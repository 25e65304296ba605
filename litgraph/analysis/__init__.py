"""What a scholar counts in a graph: who is central, which circles there are, how it changes, how two books compare.

Everything here is loaded when it is first used, so that the command line stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litgraph.analysis.appearances import Presence as Presence
    from litgraph.analysis.appearances import entrances_and_exits as entrances_and_exits
    from litgraph.analysis.appearances import presence as presence
    from litgraph.analysis.centrality import CHARACTER_MEASURES as CHARACTER_MEASURES
    from litgraph.analysis.centrality import character_measure as character_measure
    from litgraph.analysis.chapters import TurningPoint as TurningPoint
    from litgraph.analysis.chapters import book_series as book_series
    from litgraph.analysis.chapters import changes as changes
    from litgraph.analysis.chapters import character_series as character_series
    from litgraph.analysis.chapters import networks_by_chapter as networks_by_chapter
    from litgraph.analysis.chapters import smoothed as smoothed
    from litgraph.analysis.chapters import turning_points as turning_points
    from litgraph.analysis.choices import NETWORK_NAMES as NETWORK_NAMES
    from litgraph.analysis.choices import SLICINGS as SLICINGS
    from litgraph.analysis.choices import NetworkName as NetworkName
    from litgraph.analysis.choices import Slicing as Slicing
    from litgraph.analysis.circles import Community as Community
    from litgraph.analysis.circles import bridging as bridging
    from litgraph.analysis.circles import communities as communities
    from litgraph.analysis.circles import modularity as modularity
    from litgraph.analysis.comparison import Agreement as Agreement
    from litgraph.analysis.comparison import Comparison as Comparison
    from litgraph.analysis.comparison import EdgeAgreement as EdgeAgreement
    from litgraph.analysis.comparison import align_characters as align_characters
    from litgraph.analysis.comparison import compare_by_chapter as compare_by_chapter
    from litgraph.analysis.comparison import compare_graphs as compare_graphs
    from litgraph.analysis.kinship import Family as Family
    from litgraph.analysis.kinship import Kin as Kin
    from litgraph.analysis.kinship import families as families
    from litgraph.analysis.kinship import kin as kin
    from litgraph.analysis.measures import BookMeasures as BookMeasures
    from litgraph.analysis.measures import CharacterMeasures as CharacterMeasures
    from litgraph.analysis.measures import measure_book as measure_book
    from litgraph.analysis.measures import measure_characters as measure_characters
    from litgraph.analysis.networks import Tie as Tie
    from litgraph.analysis.networks import as_network as as_network
    from litgraph.analysis.networks import character_network as character_network
    from litgraph.analysis.networks import last_chapter as last_chapter
    from litgraph.analysis.networks import ties as ties
    from litgraph.analysis.report import ChapterMeasures as ChapterMeasures
    from litgraph.analysis.report import measure_chapters as measure_chapters
    from litgraph.analysis.report import most_mentioned as most_mentioned
    from litgraph.analysis.scholars import graph_of_knuth as graph_of_knuth
    from litgraph.analysis.talk import BetweenWomen as BetweenWomen
    from litgraph.analysis.talk import Speech as Speech
    from litgraph.analysis.talk import between_women as between_women
    from litgraph.analysis.talk import reciprocity as reciprocity
    from litgraph.analysis.talk import speech_shares as speech_shares
    from litgraph.analysis.talk import talk_by_gender as talk_by_gender

_HOMES = {
    "Agreement": "litgraph.analysis.comparison",
    "BetweenWomen": "litgraph.analysis.talk",
    "BookMeasures": "litgraph.analysis.measures",
    "CHARACTER_MEASURES": "litgraph.analysis.centrality",
    "ChapterMeasures": "litgraph.analysis.report",
    "CharacterMeasures": "litgraph.analysis.measures",
    "Community": "litgraph.analysis.circles",
    "Comparison": "litgraph.analysis.comparison",
    "EdgeAgreement": "litgraph.analysis.comparison",
    "Family": "litgraph.analysis.kinship",
    "Kin": "litgraph.analysis.kinship",
    "NETWORK_NAMES": "litgraph.analysis.choices",
    "NetworkName": "litgraph.analysis.choices",
    "Presence": "litgraph.analysis.appearances",
    "SLICINGS": "litgraph.analysis.choices",
    "Slicing": "litgraph.analysis.choices",
    "Speech": "litgraph.analysis.talk",
    "Tie": "litgraph.analysis.networks",
    "TurningPoint": "litgraph.analysis.chapters",
    "align_characters": "litgraph.analysis.comparison",
    "as_network": "litgraph.analysis.networks",
    "between_women": "litgraph.analysis.talk",
    "book_series": "litgraph.analysis.chapters",
    "bridging": "litgraph.analysis.circles",
    "changes": "litgraph.analysis.chapters",
    "character_measure": "litgraph.analysis.centrality",
    "character_network": "litgraph.analysis.networks",
    "character_series": "litgraph.analysis.chapters",
    "communities": "litgraph.analysis.circles",
    "compare_by_chapter": "litgraph.analysis.comparison",
    "compare_graphs": "litgraph.analysis.comparison",
    "entrances_and_exits": "litgraph.analysis.appearances",
    "families": "litgraph.analysis.kinship",
    "graph_of_knuth": "litgraph.analysis.scholars",
    "kin": "litgraph.analysis.kinship",
    "last_chapter": "litgraph.analysis.networks",
    "measure_book": "litgraph.analysis.measures",
    "measure_chapters": "litgraph.analysis.report",
    "measure_characters": "litgraph.analysis.measures",
    "modularity": "litgraph.analysis.circles",
    "most_mentioned": "litgraph.analysis.report",
    "networks_by_chapter": "litgraph.analysis.chapters",
    "presence": "litgraph.analysis.appearances",
    "reciprocity": "litgraph.analysis.talk",
    "smoothed": "litgraph.analysis.chapters",
    "speech_shares": "litgraph.analysis.talk",
    "talk_by_gender": "litgraph.analysis.talk",
    "ties": "litgraph.analysis.networks",
    "turning_points": "litgraph.analysis.chapters",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
