"""One bar for a whole corpus; where stderr is no terminal, as in the log of a cluster, a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from litgraph.cli.build_bar import in_words
from litgraph.cli.common import counted

if TYPE_CHECKING:
    from litgraph.corpus.building import Position

_EVERY = 60.0  # seconds between two lines of a log


@contextmanager
def corpus_bar(quiet: bool) -> Iterator[Callable[[Position], None]]:
    """What shows how far a build of a corpus is; nothing is shown if quiet."""
    if quiet:
        yield lambda _: None
        return
    from tqdm import tqdm

    bar = tqdm(total=100, bar_format="{percentage:3.0f}%|{bar}| {desc}", leave=False, disable=None, dynamic_ncols=True)
    told = time.monotonic()

    def show(position: Position) -> None:
        nonlocal told
        if not bar.disable:
            bar.n = 100 * position.share
            bar.set_description_str(in_short(position))
        elif time.monotonic() - told > _EVERY:
            told = time.monotonic()
            click.echo(f"{position.share:.0%}, {in_short(position)}", err=True)

    try:
        yield show
    finally:
        bar.close()


def in_short(position: Position) -> str:
    """How far a build is, in a few words."""
    failed = f", {position.failed:,} failed" if position.failed else ""
    left = "" if position.left is None else f", {in_words(position.left)} left"
    return f"{position.done:,} of {counted(position.books, 'book')}{failed}{left}"
