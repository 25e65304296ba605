"""Plays: speakers' labels, stage directions and the dramatis personae, as the text itself marks them."""

from litgraph.reading.plays.splitting import split_speeches
from litgraph.reading.plays.structure import play_of

__all__ = ["play_of", "split_speeches"]
