"""Builds a corpus of small books, slowly, in two processes: ``python corpus_build.py LIST CORPUS SECONDS``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from quick_books import slow_work

from litgraph.config import Settings
from litgraph.corpus.building import build_corpus
from litgraph.corpus.folder import LIST, listed_books
from litgraph.corpus.listing import read_list
from litgraph.corpus.processes import Processes

WORKERS = 2


def main() -> None:
    """Print what was built."""
    named, corpus, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    known = listed_books(corpus) if (corpus / LIST).exists() else []
    books = read_list(named, known, tell=print)
    make_work = partial(slow_work, Settings(labeller="rules"), seconds)
    built = build_corpus(corpus, books, "key", lambda _: Processes(WORKERS, make_work))
    print(built.done, built.standing, len(built.failed))


if __name__ == "__main__":
    main()
