"""The options that say which network of a run is looked at, for every verb that measures or draws one."""

from __future__ import annotations

import click

from litgraph.analysis.centrality import CHARACTER_MEASURES
from litgraph.analysis.choices import NETWORK_NAMES, SLICINGS, WIDTH

network_option = click.option(
    "--network",
    type=click.Choice(NETWORK_NAMES),
    default="co-occurrence",
    show_default=True,
    help="Who meets whom, who speaks to whom, or who is related to whom.",
)
measure_option = click.option(
    "--measure",
    type=click.Choice(list(CHARACTER_MEASURES)),
    default="strength",
    show_default=True,
    help="What is reckoned of each character at each chapter.",
)
slicing_option = click.option(
    "--by",
    "slicing",
    type=click.Choice(SLICINGS),
    default="cumulative",
    show_default=True,
    help="What is seen at a chapter: it alone, all up to it, the last few, or ties smoothed over their gaps.",
)
width_option = click.option(
    "--width", type=click.IntRange(1), default=WIDTH, show_default=True, help="Chapters of a window."
)
